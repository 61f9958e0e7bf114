import type pg from 'pg';
import { archivedTables, noRows, sameCounts, type Written } from '@/lib/domain/archives/format';
import { type Bounds, boundsOf } from '@/lib/domain/archives/months';
import { detachPartition, keepVacuumOut, partitionOf } from '@/lib/domain/archives/partitions';
import { keyOf } from '@/lib/domain/archives/writing';
import { run } from '@/lib/platform/db/sql';
import type { Lease } from '@/lib/platform/upkeep/lease';

/**
 * Removes a month from the database and records its file, in one transaction. It throws when the database has anything other than
 * what was written.
 */
export async function removeMonth(lease: Lease, month: string, fileId: string, written: Written): Promise<void> {
  await lease.transaction(async (client) => {
    await keepVacuumOut(client, [partitionOf(month), '"Conversation"', '"User"', ...referring.map((table) => `"${table}"`)]);
    const bounds = await boundsOf(month, client);
    const { counts } = written;
    const values = [
      month,
      fileId,
      written.sha256,
      written.size,
      counts.Message,
      counts.Attachment,
      counts.Reaction,
      counts.Mention,
      counts.Pin,
    ];
    const noted = await run('archives.note', noteText, values, client);
    if (noted.length === 0) throw new Error(`Somebody else is archiving ${month}.`);
    await run('archives.note.files', filesText, [month, bounds.since, bounds.until], client);
    await unindex(client, month, bounds);
    const found = await removeRows(client, bounds);
    if (!sameCounts(found, counts)) throw new Error(`The messages of ${month} have changed since they were written.`);
    await detachPartition(client, month, fileId);
  });
}

/** Removes the search index of the month's messages. */
async function unindex(client: pg.PoolClient, month: string, { since, until }: Bounds): Promise<void> {
  // The indexer waits until the month is gone: else it could write again what is taken out here.
  await run('archives.index.lock', "SELECT pg_advisory_xact_lock(hashtext('search.index'))", [], client);
  await run('archives.unindex', unindexText, [since, until], client);
  await run('archives.unindex.rest', 'DELETE FROM "SearchBackfill" WHERE month = $1', [month], client);
}

const unindexText = 'DELETE FROM "MessageSearch" WHERE "messageId" >= $1 AND "messageId" < $2';

/** The tables that refer to messages. */
const referring = archivedTables.filter((table) => table !== 'Message');

// They go first: a partition with references cannot be detached.
async function removeRows(client: pg.PoolClient, { since, until }: Bounds) {
  const found = noRows();
  for (const table of referring) {
    const text = `DELETE FROM "${table}" WHERE "${keyOf(table)}" >= $1 AND "${keyOf(table)}" < $2`;
    found[table] = (await client.query(text, [since, until])).rowCount ?? 0;
  }
  const { rows } = await client.query<{ count: number }>(countText, [since, until]);
  found.Message = rows[0]?.count ?? 0;
  return found;
}

const countText = 'SELECT count(*)::int AS count FROM "Message" WHERE id >= $1 AND id < $2';

const noteText = `
  UPDATE "Archive" SET state = 'ARCHIVED', sha256 = $3, size = $4, messages = $5, attachments = $6, reactions = $7, mentions = $8, pins = $9,
    "archivedAt" = now(), "keepUntil" = NULL
  WHERE month = $1 AND "fileId" = $2 AND state = 'CLOSING' RETURNING month`;

const filesText = `
  INSERT INTO "ArchivedFile" (id, month, "conversationId")
  SELECT a.id, $1, m."conversationId" FROM "Attachment" a JOIN "Message" m ON m.id = a."messageId"
  WHERE a."messageId" >= $2 AND a."messageId" < $3`;
