import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { openClient } from '@/lib/platform/db/client';
import { type Migration, migrationsIn } from '@/lib/platform/db/migrations/migration';
import { StartupError } from '@/lib/platform/process/startup-error';

/**
 * Applies pending migrations and records them in Prisma's own table, so that `prisma migrate deploy` sees the same state. An advisory
 * lock serializes processes that start at the same time.
 * @returns the names of the applied migrations
 * @throws StartupError when a migration fails, or the database belongs to another version of Parley
 */
export async function migrate(url: string, migrations = migrationsIn()): Promise<string[]> {
  const client = openClient({ connectionString: url });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock(hashtext('parley_migrate'))");
    const pending = pendingOf(migrations, await appliedIn(client));
    if (pending.length > 0) await client.query(createTable);
    for (const migration of pending) await apply(migration, client);
    return pending.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

/**
 * The script and its record are one query of the simple protocol, and so one transaction: a start that was killed halfway can be
 * repeated.
 */
async function apply({ name, script, checksum }: Migration, client: pg.Client): Promise<void> {
  const record = `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
    VALUES (${[randomUUID(), checksum, name].map(pg.escapeLiteral).join(', ')}, clock_timestamp(), 1)`;
  await client.query(`${script};\n${record}`).catch((error: Error) => {
    throw unusable(
      `the migration ${name} failed (${error.message}), and was rolled back`,
      'Restore a backup if that happens again, and report it',
    );
  });
}

interface Applied {
  migration_name: string;
  checksum: string;
}

async function appliedIn(client: pg.Client): Promise<Applied[]> {
  const { rows: found } = await client.query(`SELECT to_regclass('_prisma_migrations') AS name`);
  if (!found[0]?.name) return [];
  // Earlier versions recorded a migration before they applied it, in a transaction of its own. One without finished_at changed nothing.
  await client.query(
    'UPDATE _prisma_migrations SET rolled_back_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL',
  );
  const { rows } = await client.query<Applied>(
    'SELECT migration_name, checksum FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  );
  return rows;
}

function pendingOf(migrations: Migration[], applied: Applied[]): Migration[] {
  for (const row of applied) {
    const known = migrations.find((migration) => migration.name === row.migration_name);
    if (!known)
      throw unusable(`it was migrated by a newer Parley (${row.migration_name})`, 'Start that version, or restore a backup');
    if (known.checksum !== row.checksum)
      throw unusable(
        `its migration ${row.migration_name} differs from the one of this version`,
        'Start the version that applied it, or restore a backup',
      );
  }
  const done = new Set(applied.map((row) => row.migration_name));
  return migrations.filter((migration) => !done.has(migration.name));
}

const unusable = (problem: string, advice: string) => new StartupError(`the database cannot be used: ${problem}. ${advice}.`);

/** As Prisma creates it (schema-engine, `create_migrations_table`). */
const createTable = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ, migration_name VARCHAR(255) NOT NULL,
    logs TEXT, rolled_back_at TIMESTAMPTZ, started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;
