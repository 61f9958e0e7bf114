import type pg from 'pg';
import { openClient } from '@/lib/platform/db/client';
import { type Migration, migrationsIn } from '@/lib/platform/db/migrations/migration';
import { StartupError } from '@/lib/platform/process/startup-error';

/**
 * Brings the database up to date with Prisma's own engine, so that `prisma migrate deploy` agrees with it. One process at a time:
 * others that start together wait, and find nothing to do. Throws a StartupError when the database is not one this version can take.
 * @returns the names of what was applied
 */
export async function migrate(url: string, migrations = migrationsIn()): Promise<string[]> {
  const client = openClient({ connectionString: url });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock(hashtext('parley_migrate'))");
    const pending = pendingOf(migrations, await appliedIn(client));
    if (pending.length === 0) return [];
    // The engine is 2 MB of WebAssembly: only a start that has something to apply pays for it.
    const { applyMigrations } = await import('@/lib/platform/db/migrations/schema-engine');
    return await applyMigrations(url, migrations).catch((error: Error) => {
      throw refusal(
        `a migration failed (${reasonIn(error.message)}), and was undone`,
        'Restore a backup if that stays so, and report it',
      );
    });
  } finally {
    await client.end();
  }
}

interface Applied {
  migration_name: string;
  checksum: string;
}

async function appliedIn(client: pg.Client): Promise<Applied[]> {
  const { rows: found } = await client.query(`SELECT to_regclass('_prisma_migrations') AS name`);
  if (!found[0]?.name) return [];
  // A migration and its mark are one transaction (schema-engine.ts), so what has no mark left nothing else behind either.
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
    const own = migrations.find((migration) => migration.name === row.migration_name);
    if (!own)
      throw refusal(`it was migrated by a newer Parley (${row.migration_name})`, 'Start that version, or restore a backup');
    if (own.checksum !== row.checksum)
      throw refusal(
        `its migration ${row.migration_name} is not this Parley's`,
        'Start the version that made it, or restore a backup',
      );
  }
  const done = new Set(applied.map((row) => row.migration_name));
  return migrations.filter((migration) => !done.has(migration.name));
}

// The engine's errors are several lines, of which the one from PostgreSQL tells.
const reasonIn = (message: string) => /ERROR: (.+)/.exec(message)?.[1] ?? message.split('\n')[0];

const refusal = (what: string, mend: string) => new StartupError(`the database cannot be used: ${what}. ${mend}.`);
