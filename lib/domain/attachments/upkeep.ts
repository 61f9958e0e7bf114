import { removeFiles } from '@/lib/domain/attachments/attachment';
import { run } from '@/lib/platform/db/sql';
import { clearStaging } from '@/lib/platform/storage/staging';
import { storage } from '@/lib/platform/storage/storage';
import type { Lease } from '@/lib/platform/upkeep/lease';
import type { UpkeepTask } from '@/lib/platform/upkeep/upkeep';

/** Time after which an upload without a message is removed. */
const unusedUploadMs = 24 * 60 * 60 * 1000;
const batch = 500;

export const attachmentUpkeep: UpkeepTask[] = [['uploads', (lease) => purgeOrphans(lease)]];

/** Removes uploads that nothing uses and files without a row, and tidies the store. */
export async function purgeOrphans(lease: Lease, now = new Date()): Promise<void> {
  const olderThan = new Date(now.getTime() - unusedUploadMs);
  for (let ids = await deleteOrphans(lease, olderThan); ids.length > 0; ids = await deleteOrphans(lease, olderThan))
    await removeFiles(ids);
  await sweepFiles(lease, olderThan);
  await clearStaging(olderThan);
  await storage().tidy(olderThan);
}

async function deleteOrphans(lease: Lease, olderThan: Date): Promise<string[]> {
  const rows = await lease.transaction((client) => run<{ id: string }>('attachments.purge', purgeText, [olderThan], client));
  return rows.map((row) => row.id);
}

// The outer condition is checked again under the row's lock, because a message may take the upload at this moment.
const purgeText = `
  DELETE FROM "Attachment" o WHERE o."messageId" IS NULL AND o.id IN (
    SELECT a.id FROM "Attachment" a WHERE a."messageId" IS NULL AND a."createdAt" < $1
      AND NOT EXISTS (SELECT 1 FROM "User" u WHERE u."imageId" = a.id)
      AND NOT EXISTS (SELECT 1 FROM "Conversation" c WHERE c."imageId" = a.id)
    LIMIT ${batch})
  RETURNING o.id`;

/**
 * A crash between a commit and its removeFiles leaves files without a row. Files that are older than the database are kept: they
 * belong to another database, for example one that was not restored yet, or that DATABASE_URL does not name.
 */
async function sweepFiles(lease: Lease, olderThan: Date): Promise<void> {
  const since = await databaseBirth();
  let keys: string[] = [];
  for await (const { key, modifiedAt } of storage().list()) {
    if (modifiedAt > since && modifiedAt < olderThan) keys.push(key);
    if (keys.length < batch) continue;
    await removeUnknown(lease, keys);
    keys = [];
  }
  await removeUnknown(lease, keys);
}

/** The time of the first migration, which backups include. */
async function databaseBirth(): Promise<Date> {
  const rows = await run<{ at: Date }>('attachments.birth', 'SELECT min(started_at) AS at FROM _prisma_migrations', []);
  return rows[0]?.at ?? new Date();
}

async function removeUnknown(lease: Lease, keys: string[]): Promise<void> {
  if (keys.length === 0) return;
  lease.check();
  const known = await run<{ id: string }>('attachments.known', knownText, [keys.map(idOf)]);
  const ids = new Set(known.map((row) => row.id));
  await storage().remove(keys.filter((key) => !ids.has(idOf(key))));
}

const idOf = (key: string) => key.slice(0, 36);

// One statement in one snapshot: a row that is being archived or restored is found on one side or the other.
const knownText = `
  SELECT id FROM "Attachment" WHERE id = ANY ($1::uuid[])
  UNION ALL SELECT id FROM "ArchivedFile" WHERE id = ANY ($1::uuid[])
  UNION ALL SELECT "fileId" FROM "Archive" WHERE "fileId" = ANY ($1::uuid[])`;
