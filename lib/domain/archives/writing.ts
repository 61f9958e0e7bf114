import { join } from 'node:path';
import type pg from 'pg';
import {
  type ArchivedTable,
  archivedTables,
  type Head,
  type Rows,
  readArchive,
  type Written,
  writeArchive,
} from '@/lib/domain/archives/format';
import { type Bounds, boundsOf } from '@/lib/domain/archives/months';
import { pool } from '@/lib/platform/db/pool';
import { withStaging } from '@/lib/platform/storage/staging';
import { storage } from '@/lib/platform/storage/storage';

const rowsAtOnce = 500;

export const archiveKey = (fileId: string) => `${fileId}.archive`;

/** Writes a closed month to the file store. */
export function storeMonth(month: string, fileId: string): Promise<Written> {
  return withStaging(async (folder) => {
    const file = join(folder, 'month');
    const written = await inSnapshot(async (client) => {
      const head = await headOf(client, month);
      return writeArchive(file, head, rowsOf(client, head, await boundsOf(month, client)));
    });
    await storage().put(archiveKey(fileId), file);
    return written;
  });
}

/**
 * Reads the file back from the store.
 * @throws ArchiveDamaged
 * @throws any error of the store
 */
export async function verifyFile(fileId: string, written: Written): Promise<void> {
  const file = await storage().open(archiveKey(fileId));
  if (!file) throw new Error(`The file ${archiveKey(fileId)} is not in the file store.`);
  for await (const _ of readArchive(file, written));
}

/** Runs work in one snapshot of all tables. */
async function inSnapshot<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool().connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return await work(client);
  } finally {
    await client.query('ROLLBACK').catch((error: Error) => {
      broken = error;
    });
    client.release(broken);
  }
}

async function headOf(client: pg.PoolClient, month: string): Promise<Head> {
  const { rows } = await client.query<{ migration: string; columns: Head['columns'] }>(headText, [archivedTables]);
  const [row] = rows;
  if (!row) throw new Error('The catalog has no messages.');
  return { parley: 'archive', version: 1, month, ...row };
}

const headText = `
  SELECT (SELECT max(migration_name) FROM _prisma_migrations WHERE rolled_back_at IS NULL) AS migration,
    (SELECT json_object_agg(t.name, t.columns) FROM (
      SELECT c.relname AS name, array_agg(a.attname ORDER BY a.attnum) AS columns
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
      WHERE c.oid = ANY (SELECT format('%I', n)::regclass FROM unnest($1::text[]) AS n) GROUP BY c.relname) t) AS columns`;

async function* rowsOf(client: pg.PoolClient, { columns }: Head, bounds: Bounds): AsyncGenerator<Rows> {
  for (const table of archivedTables) {
    await client.query(`DECLARE month NO SCROLL CURSOR FOR ${selectionOf(table, columns[table], bounds)}`);
    for (;;) {
      const { rows } = await client.query<{ row: string }>(`FETCH ${rowsAtOnce} FROM month`);
      if (rows.length === 0) break;
      yield { table, rows: rows.map(({ row }) => row) };
    }
    await client.query('CLOSE month');
  }
}

// A cursor takes no parameters; the bounds are uuids that PostgreSQL generated.
function selectionOf(table: ArchivedTable, columns: string[], { since, until }: Bounds): string {
  const key = keyOf(table);
  const names = columns.map((name) => `"${name}"`).join(', ');
  return `SELECT row_to_json(r)::text AS row FROM (SELECT ${names} FROM "${table}"
    WHERE "${key}" >= '${since}' AND "${key}" < '${until}' ORDER BY ${orderOf(table)}) r`;
}

/** The column with the id of a row's message. */
export const keyOf = (table: ArchivedTable) => (table === 'Message' ? 'id' : 'messageId');

const orderOf = (table: ArchivedTable) =>
  ({
    Message: 'id',
    Attachment: '"messageId", id',
    Reaction: '"messageId", "userId", emoji',
    Mention: '"messageId", "userId"',
    Pin: '"messageId"',
  })[table];
