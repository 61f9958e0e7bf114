import { dataFolder, ensureDataFolder, holdDataFolder } from '@/boot/data-folder';
import { runningUrl } from '@/lib/platform/db/embedded/embedded';
import { env } from '@/lib/platform/env/env';
import { holderOf } from '@/lib/platform/process/folder-lock';
import { StartupError } from '@/lib/platform/process/startup-error';

export interface Reached {
  url: string;
  stop: () => Promise<void>;
}

/** Connects a script to Parley's database: the external one, that of a running Parley, or the embedded one, started for the script. */
export async function reachDatabase(): Promise<Reached> {
  if (env().DATABASE_URL) return { url: env().DATABASE_URL, stop: async () => {} };
  if ((await holderOf(ensureDataFolder())) === null) return startEmbeddedDatabase();
  const url = runningUrl(dataFolder());
  if (!url) throw new StartupError('Parley is starting on this data folder. Try again when it is running.');
  return { url, stop: async () => {} };
}

/** Starts the embedded database until the script stops it, because Parley is not running. */
async function startEmbeddedDatabase(): Promise<Reached> {
  const release = await holdDataFolder();
  const { openDatabase } = await import('@/boot/database');
  const database = await openDatabase(dataFolder());
  const stop = async () => {
    await database.stop();
    release();
  };
  return { url: env().DATABASE_URL, stop };
}
