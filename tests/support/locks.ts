import pg from 'pg';
import { expect, onTestFinished, vi } from 'vitest';
import { pool } from '@/lib/platform/db/pool';

export interface RowLock {
  /** resolves when somebody waits for the lock */
  isAwaited: () => Promise<void>;
  /** terminates the connections that wait for the lock */
  cutWaiting: () => Promise<void>;
  release: () => Promise<void>;
}

/** Locks a conversation's row over a separate connection. */
export async function lockRow(table: 'Conversation', id: string): Promise<RowLock> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  onTestFinished(() => client.end());
  await client.query('BEGIN');
  await client.query(`SELECT 1 FROM "${table}" WHERE id = $1 FOR UPDATE`, [id]);
  const waiting = `FROM pg_stat_activity a WHERE pg_backend_pid() = ANY (pg_blocking_pids(a.pid))`;
  return {
    isAwaited: () =>
      vi.waitFor(
        async () => {
          // Within one transaction, pg_stat_activity does not change after the first read.
          await client.query('SELECT pg_stat_clear_snapshot()');
          expect((await client.query(`SELECT 1 ${waiting}`)).rowCount).toBeGreaterThan(0);
        },
        { timeout: 10_000, interval: 20 },
      ),
    cutWaiting: async () => {
      await client.query('SELECT pg_stat_clear_snapshot()');
      // Finds all waiting connections before it terminates any, because others may start to wait then.
      await client.query(`SELECT pg_terminate_backend(pid) FROM unnest(ARRAY(SELECT a.pid ${waiting})) AS pid`);
    },
    release: async () => {
      await client.query('ROLLBACK');
    },
  };
}

/** Makes the next request for a connection wait, without PostgreSQL, so that no statement times out. */
export function holdConnection(): { isAwaited: Promise<void>; release: () => void } {
  const connect = pool().connect.bind(pool()) as () => Promise<pg.PoolClient>;
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const isAwaited = new Promise<void>((resolve) => {
    vi.spyOn(pool(), 'connect').mockImplementationOnce(async () => {
      resolve();
      await gate;
      return connect();
    });
  });
  onTestFinished(() => void vi.restoreAllMocks());
  return { isAwaited, release };
}

/** A separate connection with an open transaction. */
export async function openTransaction(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  onTestFinished(() => client.end());
  await client.query('BEGIN');
  return client;
}

/** Waits until somebody in this file's database waits for a lock of this mode, as in pg_locks. */
export const lockAwaited = (mode: string) =>
  vi.waitFor(
    async () => {
      const { rowCount } = await pool().query(
        `SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database
         WHERE l.mode = $1 AND NOT l.granted AND d.datname = current_database()`,
        [mode],
      );
      expect(rowCount).toBeGreaterThan(0);
    },
    { timeout: 15_000, interval: 10 },
  );
