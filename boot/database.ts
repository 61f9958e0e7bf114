import { startEmbedded } from '@/lib/platform/db/embedded/embedded';
import { checkExternal } from '@/lib/platform/db/external';
import { migrate } from '@/lib/platform/db/migrations/migrate';
import { env, setDatabaseUrl } from '@/lib/platform/env/env';

export interface Database {
  /** names the database for people */
  description: string;
  stop: (milliseconds?: number) => Promise<void>;
}

/**
 * Opens the database (the embedded one unless DATABASE_URL is set) and migrates it.
 * @throws StartupError
 */
export async function openDatabase(folder: string): Promise<Database> {
  const database = env().DATABASE_URL ? await external(env().DATABASE_URL) : await embedded(folder);
  try {
    await migrate(env().DATABASE_URL);
  } catch (error) {
    await database.stop();
    throw error;
  }
  return database;
}

async function external(url: string): Promise<Database> {
  const version = await checkExternal(url);
  const { host, pathname } = new URL(url);
  return { description: `PostgreSQL ${version} at ${host}${pathname} (DATABASE_URL)`, stop: async () => {} };
}

async function embedded(folder: string): Promise<Database> {
  const programs = env().PARLEY_POSTGRES_BIN;
  const postgres = await startEmbedded(folder, programs);
  setDatabaseUrl(postgres.url);
  const version = postgres.version.replace(/^(\d+\.\d+).*/, '$1');
  const which = programs ? `PostgreSQL ${version} of ${programs}` : `embedded PostgreSQL ${version}`;
  return { description: `${which} (127.0.0.1:${new URL(postgres.url).port})`, stop: postgres.stop };
}
