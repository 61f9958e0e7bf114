import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { migrate } from '@/lib/platform/db/migrations/migrate';

/** The URL of another database on the same server. */
export function databaseUrl(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}

/** Creates the template that each test file's database is copied from: migrated and empty. */
export async function createTemplate(serverUrl: string, prefix: string): Promise<void> {
  await withClient(serverUrl, (client) => client.query(`CREATE DATABASE ${prefix}`));
  await migrate(databaseUrl(serverUrl, prefix));
}

/** @returns the name of a fresh database */
export async function copyTemplate(serverUrl: string, prefix: string): Promise<string> {
  const database = `${prefix}_${randomBytes(4).toString('hex')}`;
  // Copying files takes half the time of copying through the WAL, because this server does not fsync.
  await withClient(serverUrl, (client) => client.query(`CREATE DATABASE ${database} TEMPLATE ${prefix} STRATEGY FILE_COPY`));
  return database;
}

export async function dropDatabase(serverUrl: string, database: string): Promise<void> {
  await withClient(serverUrl, (client) => client.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`));
}

/** Drops the template, and copies left by test files that crashed. */
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
