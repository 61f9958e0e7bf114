import type { Readable } from 'node:stream';
import type pg from 'pg';
import {
  ArchiveDamaged,
  type ArchivedTable,
  type Counts,
  type Head,
  noRows,
  type Rows,
  readArchive,
  type Written,
} from '@/lib/domain/archives/format';
import { attachPartition, monthPattern } from '@/lib/domain/archives/partitions';
import { archiveKey } from '@/lib/domain/archives/writing';
import { run } from '@/lib/platform/db/sql';
import { storage } from '@/lib/platform/storage/storage';
import type { Lease } from '@/lib/platform/upkeep/lease';

const rowsAtOnce = 500;

/** The reason why a month cannot be restored, in one line for people. Nothing was changed. */
export class ArchiveRefusal extends Error {
  override readonly name = 'ArchiveRefusal';
}

export interface Restored {
  /** the restored rows; null when they were already there */
  counts: Counts | null;
  /** messages of conversations that have been deleted permanently meanwhile */
  leftOut: number;
}

/**
 * Restores an archived month, and keeps it for keepDays before it may be archived again. The file is read to its end before
 * anything is changed. Then one transaction inserts all rows or none.
 * @throws ArchiveRefusal
 */
export async function restoreMonth(lease: Lease, month: string, keepDays: number): Promise<Restored> {
  if (!monthPattern.test(month)) throw new ArchiveRefusal(`"${month}" is no month; it is to be like 2026-01.`);
  const archive = await findArchive(month);
  if (archive.state === 'RESTORED') {
    await lease.transaction((client) => run('archives.keep', keepText, [month, keepDays], client));
    return { counts: null, leftOut: 0 };
  }
  await readAll(month, archive);
  await lease.transaction((client) => attachPartition(client, month));
  return lease.transaction((client) => load(client, month, archive, keepDays));
}

interface StoredArchive extends Written {
  fileId: string;
  state: 'ARCHIVED' | 'RESTORED';
}

async function findArchive(month: string, client?: pg.PoolClient): Promise<StoredArchive> {
  const [row] = await run<FoundRow>('archives.find', findText, [month], client);
  if (!row) throw new ArchiveRefusal(`There is no archive of ${month}. Without a month, all that there are are listed.`);
  if (row.state === 'CLOSING')
    throw new ArchiveRefusal(`${month} is being archived, and nothing of it is gone. Try again later.`);
  const { fileId, state, sha256, size, ...counts } = row;
  return { fileId, state, sha256: sha256 ?? '', size: Number(size), counts };
}

type FoundRow = Counts & {
  fileId: string;
  state: 'CLOSING' | 'ARCHIVED' | 'RESTORED';
  sha256: string | null;
  size: string | null;
};

async function openFile({ fileId }: StoredArchive, month: string): Promise<Readable> {
  const file = await storage().open(archiveKey(fileId));
  if (!file)
    throw new ArchiveRefusal(
      `The file of ${month}, ${archiveKey(fileId)}, is not in the file store. Restore it from a backup.`,
    );
  return file;
}

async function readAll(month: string, archive: StoredArchive): Promise<void> {
  try {
    for await (const part of readArchive(await openFile(archive, month), archive))
      if ('parley' in part && part.month !== month) throw new ArchiveDamaged(`is of ${part.month}`);
  } catch (error) {
    if (!(error instanceof ArchiveDamaged)) throw error;
    throw new ArchiveRefusal(
      `The file of ${month}, ${archiveKey(archive.fileId)}, ${error.message}. Nothing was changed. Restore it from a backup.`,
    );
  }
}

async function load(client: pg.PoolClient, month: string, archive: StoredArchive, keepDays: number): Promise<Restored> {
  const counts = noRows();
  for await (const { head, table, rows } of inBatches(readArchive(await openFile(archive, month), archive)))
    counts[table] += (await client.query(insertText(table, head.columns[table]), [`[${rows.join(',')}]`])).rowCount ?? 0;
  await run('archives.forget.files', 'DELETE FROM "ArchivedFile" WHERE month = $1', [month], client);
  const kept = await run('archives.restored', restoredText, [month, archive.fileId, keepDays], client);
  await run('archives.reindex', reindexText, [month], client);
  if (kept.length === 0) throw new ArchiveRefusal(`${month} was changed by somebody else meanwhile. Try again.`);
  return { counts, leftOut: archive.counts.Message - counts.Message };
}

async function* inBatches(parts: ReturnType<typeof readArchive>): AsyncGenerator<Rows & { head: Head }> {
  let head: Head | undefined;
  let table: ArchivedTable = 'Message';
  let rows: string[] = [];
  for await (const part of parts) {
    if ('parley' in part) {
      head = part;
      continue;
    }
    if (head && (part.table !== table || rows.length === rowsAtOnce)) {
      if (rows.length > 0) yield { head, table, rows };
      rows = [];
    }
    table = part.table;
    rows.push(part.row);
  }
  if (head && rows.length > 0) yield { head, table, rows };
}

// Only the columns of the archive: later ones get their defaults.
function insertText(table: ArchivedTable, columns: string[]): string {
  const names = columns.map((name) => `"${name.replaceAll('"', '""')}"`).join(', ');
  return `INSERT INTO "${table}" (${names}) SELECT ${names} FROM json_populate_recordset(NULL::"${table}", $1::json) r WHERE ${isWanted[table]}`;
}

// Conversations can be deleted permanently while their messages are archived; their messages are not restored.
const isWanted: Record<ArchivedTable, string> = {
  Message: 'EXISTS (SELECT 1 FROM "Conversation" c WHERE c.id = r."conversationId")',
  Attachment: 'EXISTS (SELECT 1 FROM "Message" m WHERE m.id = r."messageId")',
  Reaction: 'EXISTS (SELECT 1 FROM "Message" m WHERE m.id = r."messageId")',
  Mention: 'EXISTS (SELECT 1 FROM "Message" m WHERE m.id = r."messageId")',
  Pin: 'EXISTS (SELECT 1 FROM "Message" m WHERE m.id = r."messageId")',
};

const findText = `
  SELECT "fileId", state, sha256, size, messages AS "Message", attachments AS "Attachment", reactions AS "Reaction", mentions AS "Mention", pins AS "Pin"
  FROM "Archive" WHERE month = $1`;

const keepText = `UPDATE "Archive" SET "keepUntil" = greatest("keepUntil", now() + make_interval(days => $2)) WHERE month = $1`;

const restoredText = `
  UPDATE "Archive" SET state = 'RESTORED', "keepUntil" = now() + make_interval(days => $3)
  WHERE month = $1 AND "fileId" = $2 AND state = 'ARCHIVED' RETURNING month`;

// Its messages are found again once the index has them (lib/domain/search/backfill.ts).
const reindexText = `
  INSERT INTO "SearchBackfill" SELECT $1, parley_floor(b.at), parley_floor((b.at AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC')
  FROM (SELECT to_date($1, 'YYYY-MM')::timestamp AT TIME ZONE 'UTC') AS b(at)
  ON CONFLICT (month) DO UPDATE SET since = excluded.since, before = excluded.before`;
