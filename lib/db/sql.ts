import type pg from 'pg';
import { pool } from '@/lib/db/pool';

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

/** Runs work in one READ COMMITTED transaction: commits what it did, or nothing of it when it throws. */
export async function transaction<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool().connect();
  let broken: Error | undefined;
  // A connection that is cut while it is lent out says so in an event too, and unheard that would end the process.
  const hear = (error: Error) => {
    broken = error;
  };
  client.on('error', hear);
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(hear);
    throw error;
  } finally {
    client.off('error', hear);
    client.release(broken);
  }
}
