import type pg from 'pg';
import { sqlState } from '@/lib/platform/db/failure';
import { pool } from '@/lib/platform/db/pool';

export type Row = pg.QueryResultRow;

/**
 * Runs a named statement, which PostgreSQL plans once per connection instead of at every call.
 * @param name unique per statement text
 */
export async function run<Result extends Row>(
  name: string,
  text: string,
  values: unknown[],
  on: pg.Pool | pg.PoolClient = pool(),
) {
  const result = await on.query<Result>({ name, text, values });
  return result.rows;
}

/**
 * Like `run`, for a statement that is expected to fail at times. A failed statement keeps its connection (the pool would close it);
 * a timeout closes it.
 * @param timeoutMs how long the database may take to answer
 */
export async function runWithTimeout<Result extends Row>(name: string, text: string, values: unknown[], timeoutMs: number) {
  const statement = { name, text, values, query_timeout: timeoutMs };
  return withConnection(async (client, drop) => {
    try {
      const result = await client.query<Result>(statement);
      return result.rows;
    } catch (error) {
      if (!connectionUsable.test(sqlState(error) ?? '')) drop(error as Error);
      throw error;
    }
  });
}

/** SQLSTATEs after which the connection is still usable: all but connection failures (08) and shutdown (57P). */
const connectionUsable = /^(?!08|57P)...../;

/** Runs work in one READ COMMITTED transaction, which is rolled back when the work throws. */
export function transaction<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
  return withConnection(async (client, drop) => {
    const committed: (() => void)[] = [];
    commitHooks.set(client, committed);
    try {
      await client.query('BEGIN');
      const result = await work(client);
      await client.query('COMMIT');
      for (const hook of committed) hook();
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch(drop);
      throw error;
    } finally {
      commitHooks.delete(client);
    }
  });
}

/**
 * Calls back right after the commit of the `transaction` on this connection, and never when it is rolled back; at once when there is
 * none. The callback must not throw.
 */
export function afterCommit(on: pg.Pool | pg.PoolClient, callback: () => void): void {
  const hooks = commitHooks.get(on);
  if (hooks) hooks.push(callback);
  else callback();
}

const commitHooks = new WeakMap<pg.Pool | pg.PoolClient, (() => void)[]>();

/** Runs reads in one REPEATABLE READ snapshot. When a read throws, the caller must close the connection. */
export async function snapshot<Result>(client: pg.PoolClient, read: () => Promise<Result>): Promise<Result> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY');
  const result = await read();
  await client.query('COMMIT');
  return result;
}

/** Runs work on a connection of the pool. `drop` marks the connection as broken, so that the pool closes it. */
async function withConnection<Result>(
  work: (client: pg.PoolClient, drop: (error: Error) => void) => Promise<Result>,
): Promise<Result> {
  const client = await pool().connect();
  let broken: Error | undefined;
  // A connection that breaks while in use also emits `error`, which without a listener would end the process.
  const drop = (error: Error) => {
    broken = error;
  };
  client.on('error', drop);
  try {
    return await work(client, drop);
  } finally {
    client.off('error', drop);
    client.release(broken);
  }
}
