import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbedded } from '@/lib/db/embedded';

interface TestServer {
  url: string;
  stop: () => Promise<void>;
}

/** The embedded PostgreSQL on a folder of its own, or the one that PARLEY_TEST_DATABASE_URL names. */
export async function startPostgres(): Promise<TestServer> {
  const url = process.env.PARLEY_TEST_DATABASE_URL;
  if (url) return { url, stop: async () => {} };
  const folder = await mkdtemp(join(tmpdir(), 'parley-postgres-'));
  const postgres = await startEmbedded(folder);
  await hurry(postgres.url);
  return {
    url: postgres.url,
    stop: async () => {
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Nothing here has to survive a power cut. */
async function hurry(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('ALTER SYSTEM SET fsync = off');
  await client.query('SELECT pg_reload_conf()');
  await client.end();
}
