import type pg from 'pg';
import { sqlState } from '@/lib/platform/db/failure';
import { pool } from '@/lib/platform/db/pool';

export type Row = pg.QueryResultRow;

/**
 * Runs a named statement, which PostgreSQL plans once a connection instead of at every call.
 * @param name unique for this text
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
 * The same for a statement that may well fail: that costs no connection, as it does when the pool runs it. Silence does.
 * @param patienceMs how long the database may take to answer
 */
export async function attempt<Result extends Row>(name: string, text: string, values: unknown[], patienceMs: number) {
  const statement = { name, text, values, query_timeout: patienceMs };
  return onConnection(async (client, drop) => {
    try {
      const result = await client.query<Result>(statement);
      return result.rows;
    } catch (error) {
      if (!stands.test(sqlState(error) ?? '')) drop(error as Error);
      throw error;
    }
  });
}

/** PostgreSQL said what is wrong, and it is not that the connection ends (08, 57P). */
const stands = /^(?!08|57P)...../;

/** Runs work in one READ COMMITTED transaction: commits what it did, or nothing of it when it throws. */
export function transaction<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
  return onConnection(async (client, drop) => {
    try {
      await client.query('BEGIN');
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch(drop);
      throw error;
    }
  });
}

/** Runs reads in one snapshot: none of them sees what the others do not. What throws leaves the connection unfit. */
export async function snapshot<Result>(client: pg.PoolClient, read: () => Promise<Result>): Promise<Result> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY');
  const result = await read();
  await client.query('COMMIT');
  return result;
}

/** Lends a connection of the pool to this work. Its second parameter says that the connection is broken. */
async function onConnection<Result>(
  work: (client: pg.PoolClient, drop: (error: Error) => void) => Promise<Result>,
): Promise<Result> {
  const client = await pool().connect();
  let broken: Error | undefined;
  // A connection that is cut while it is lent out says so in an event too, and unheard that would end the process.
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
