import { pool } from '@/lib/platform/db/pool';

// A database whose clock can be set, so that messages of other months come about as all messages do. Its clock_timestamp() stands
// before PostgreSQL's own, for which the file that uses it says `import '@/tests/support/past'` before anything connects.

process.env.PGOPTIONS = '-c search_path=public,pg_catalog';

/** Makes the clock settable, and partitions since that moment. */
export async function settableClock(since: string): Promise<void> {
  await pool().query(`CREATE TABLE test_clock (shift interval NOT NULL); INSERT INTO test_clock VALUES ('0');
    CREATE FUNCTION clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS
      $$ SELECT pg_catalog.clock_timestamp() - (SELECT shift FROM test_clock) $$`);
  await pool().query('SELECT parley_make_partitions($1, now())', [since]);
}

/** What happens in work happens from that moment on; conversations that went on later cannot go back. */
export async function at<Result>(moment: string, work: () => Promise<Result>): Promise<Result> {
  await pool().query('UPDATE test_clock SET shift = pg_catalog.clock_timestamp() - $1::timestamptz', [moment]);
  try {
    return await work();
  } finally {
    await pool().query(`UPDATE test_clock SET shift = '0'`);
  }
}

const tables = ['Message', 'Attachment', 'Reaction', 'Mention'];

/** All that is said, and what hangs on it, as PostgreSQL writes it. */
export async function everything(): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const table of tables) {
    const { rows } = await pool().query<{ row: string }>(`SELECT row_to_json(t)::text AS row FROM "${table}" t ORDER BY 1`);
    found[table] = rows.map(({ row }) => row);
  }
  return found;
}

/** The months that have a partition, without those from this one on. */
export async function monthsKept(): Promise<string[]> {
  const { rows } = await pool().query<{ month: string }>(
    `SELECT replace(substr(c.relname, 9), '_', '-') AS month FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent = '"Message"'::regclass AND substr(c.relname, 9) < to_char(now() AT TIME ZONE 'UTC', 'YYYY_MM') ORDER BY 1`,
  );
  return rows.map(({ month }) => month);
}
