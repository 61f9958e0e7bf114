import { pool } from '@/lib/platform/db/pool';

// A database with a clock that can be set, so that messages of other months are created like all messages. Its clock_timestamp() shadows
// PostgreSQL's. A file that uses it must import '@/tests/support/past' before anything connects.

process.env.PGOPTIONS = '-c search_path=public,pg_catalog';

/** Makes the clock settable, and creates partitions since that moment. */
export async function settableClock(since: string): Promise<void> {
  await pool().query(`CREATE TABLE test_clock (shift interval NOT NULL); INSERT INTO test_clock VALUES ('0');
    CREATE FUNCTION clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS
      $$ SELECT pg_catalog.clock_timestamp() - (SELECT shift FROM test_clock) $$`);
  await pool().query('SELECT parley_make_partitions($1, now())', [since]);
}

/** Runs work at that moment. Conversations with later messages cannot go back. */
export async function at<Result>(moment: string, work: () => Promise<Result>): Promise<Result> {
  await pool().query('UPDATE test_clock SET shift = pg_catalog.clock_timestamp() - $1::timestamptz', [moment]);
  try {
    return await work();
  } finally {
    await pool().query(`UPDATE test_clock SET shift = '0'`);
  }
}

const tables = ['Message', 'Attachment', 'Reaction', 'Mention', 'Pin'];

/** All messages with their dependent rows, as PostgreSQL prints them. */
export async function everything(): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const table of tables) {
    const { rows } = await pool().query<{ row: string }>(`SELECT row_to_json(t)::text AS row FROM "${table}" t ORDER BY 1`);
    found[table] = rows.map(({ row }) => row);
  }
  return found;
}

/** The months before this one that have a partition. */
export async function monthsKept(): Promise<string[]> {
  const { rows } = await pool().query<{ month: string }>(
    `SELECT replace(substr(c.relname, 9), '_', '-') AS month FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent = '"Message"'::regclass AND substr(c.relname, 9) < to_char(now() AT TIME ZONE 'UTC', 'YYYY_MM') ORDER BY 1`,
  );
  return rows.map(({ month }) => month);
}
