import type pg from 'pg';

/** Inserts rows in one statement. All rows must have the same columns. */
export async function insertRows(client: pg.PoolClient, table: string, rows: Record<string, unknown>[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first)
    .map((name) => `"${name}"`)
    .join(', ');
  await client.query(
    `INSERT INTO "${table}" (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::"${table}", $1::json) ON CONFLICT DO NOTHING`,
    [JSON.stringify(rows)],
  );
}

let counter = 0;

/** A UUIDv7 of the given time. Ids of the same millisecond are ordered (RFC 9562, 6.2, method 1). */
export function idAt(moment: Date): string {
  counter = (counter + 1) % 4_096;
  const time = moment.getTime().toString(16).padStart(12, '0');
  const noise = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [
    time.slice(0, 8),
    time.slice(8),
    `7${counter.toString(16).padStart(3, '0')}`,
    `8${noise.slice(1, 4)}`,
    noise.slice(4, 16),
  ].join('-');
}
