import pg from 'pg';
import { expect, onTestFinished, vi } from 'vitest';
import { pool } from '@/lib/platform/db/pool';

export interface RowLock {
  /** resolves when somebody waits for it */
  isAwaited: () => Promise<void>;
  /** cuts the connections of those who wait for it */
  cutWaiting: () => Promise<void>;
  release: () => Promise<void>;
}

/** Locks a conversation's row, over a connection of its own. */
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
          // A transaction sees the list of connections as it was when it looked first.
          await client.query('SELECT pg_stat_clear_snapshot()');
          expect((await client.query(`SELECT 1 ${waiting}`)).rowCount).toBeGreaterThan(0);
        },
        { timeout: 10_000, interval: 20 },
      ),
    cutWaiting: async () => {
      await client.query('SELECT pg_stat_clear_snapshot()');
      // All are found before any is cut: whoever begins to wait because of that is not meant.
      await client.query(`SELECT pg_terminate_backend(pid) FROM unnest(ARRAY(SELECT a.pid ${waiting})) AS pid`);
    },
    release: async () => {
      await client.query('ROLLBACK');
    },
  };
}

/** Lets whatever asks for a connection next wait for it, without PostgreSQL's knowing, so that nothing times out. */
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

/** A connection of its own, in a transaction. */
export async function openTransaction(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  onTestFinished(() => client.end());
  await client.query('BEGIN');
  return client;
}

/** Until somebody in this file's database waits for a lock of that mode, as pg_locks calls it. */
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
