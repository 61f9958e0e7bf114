import type pg from 'pg';
import { openClient } from '@/lib/platform/db/client';
import { type Migration, migrationsIn } from '@/lib/platform/db/migrations/migration';
import { StartupError } from '@/lib/platform/process/startup-error';

/**
 * Applies pending migrations with Prisma's own engine, so that `prisma migrate deploy` sees the same state. An advisory lock serializes
 * processes that start at the same time.
 * @returns the names of the applied migrations
 * @throws StartupError when a migration fails, or the database belongs to another version of Parley
 */
export async function migrate(url: string, migrations = migrationsIn()): Promise<string[]> {
  const client = openClient({ connectionString: url });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock(hashtext('parley_migrate'))");
    const pending = pendingOf(migrations, await appliedIn(client));
    if (pending.length === 0) return [];
    // Loaded on demand: the engine is 2 MB of WebAssembly, and most starts have nothing to apply.
    const { applyMigrations } = await import('@/lib/platform/db/migrations/schema-engine');
    return await applyMigrations(url, migrations).catch((error: Error) => {
      throw unusable(
        `a migration failed (${reasonIn(error.message)}), and was rolled back`,
        'Restore a backup if that happens again, and report it',
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
  // A migration and its finished_at share one transaction (schema-engine.ts), so an unfinished migration changed nothing.
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

// The engine's errors have several lines. Only the one from PostgreSQL is useful.
const reasonIn = (message: string) => /ERROR: (.+)/.exec(message)?.[1] ?? message.split('\n')[0];

const unusable = (problem: string, advice: string) => new StartupError(`the database cannot be used: ${problem}. ${advice}.`);
