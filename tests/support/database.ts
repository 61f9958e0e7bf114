import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { migrate } from '@/lib/platform/db/migrations/migrate';

/** The same server, another database of it. */
export function databaseUrl(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}

/** Makes the database that every test file's own one is a copy of: migrated, and empty. */
export async function createTemplate(serverUrl: string, prefix: string): Promise<void> {
  await withClient(serverUrl, (client) => client.query(`CREATE DATABASE ${prefix}`));
  await migrate(databaseUrl(serverUrl, prefix));
}

/** @returns the name of a fresh database */
export async function copyTemplate(serverUrl: string, prefix: string): Promise<string> {
  const database = `${prefix}_${randomBytes(4).toString('hex')}`;
  // Copying files takes half of the time that copying through the log does, since this server waits for no disk.
  await withClient(serverUrl, (client) => client.query(`CREATE DATABASE ${database} TEMPLATE ${prefix} STRATEGY FILE_COPY`));
  return database;
}

export async function dropDatabase(serverUrl: string, database: string): Promise<void> {
  await withClient(serverUrl, (client) => client.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`));
}

/** Drops the template, and the copies that crashed test files left. */
export async function dropDatabases(serverUrl: string, prefix: string): Promise<void> {
  const names = await withClient(serverUrl, async (client) => {
    const { rows } = await client.query<{ datname: string }>('SELECT datname FROM pg_database WHERE starts_with(datname, $1)', [
      prefix,
    ]);
    return rows.map((row) => row.datname);
  });
  for (const name of names) await dropDatabase(serverUrl, name);
}

async function withClient<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
