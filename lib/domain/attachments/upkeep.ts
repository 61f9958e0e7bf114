import { removeFiles } from '@/lib/domain/attachments/attachment';
import { run } from '@/lib/platform/db/sql';
import { clearStaging } from '@/lib/platform/storage/staging';
import { storage } from '@/lib/platform/storage/storage';
import type { Lease } from '@/lib/platform/upkeep/lease';
import type { UpkeepTask } from '@/lib/platform/upkeep/upkeep';

/** How long an upload may wait for the message that carries it. */
const patienceMs = 24 * 60 * 60 * 1000;
const batch = 500;

export const attachmentUpkeep: UpkeepTask[] = [['uploads', (lease) => purgeOrphans(lease)]];

/** Removes uploads that no message carries and that are nobody's picture, and files that no row knows, and tidies the store. */
export async function purgeOrphans(lease: Lease, now = new Date()): Promise<void> {
  const olderThan = new Date(now.getTime() - patienceMs);
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

// The outer condition is judged again under the row's lock: a message may take the upload at this very moment.
const purgeText = `
  DELETE FROM "Attachment" o WHERE o."messageId" IS NULL AND o.id IN (
    SELECT a.id FROM "Attachment" a WHERE a."messageId" IS NULL AND a."createdAt" < $1
      AND NOT EXISTS (SELECT 1 FROM "User" u WHERE u."imageId" = a.id)
      AND NOT EXISTS (SELECT 1 FROM "Conversation" c WHERE c."imageId" = a.id)
    LIMIT ${batch})
  RETURNING o.id`;

/**
 * A crash between a commit and its removeFiles leaves files that no row names any more. Files older than the database are not
 * among them: they belong to another one, which somebody may only have forgotten to restore, or to name in DATABASE_URL.
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

/** When the first migration was applied, which a backup carries along. */
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

// One statement, one snapshot: what is being archived or restored at this moment is found on one side or the other.
const knownText = `
  SELECT id FROM "Attachment" WHERE id = ANY ($1::uuid[])
  UNION ALL SELECT id FROM "ArchivedFile" WHERE id = ANY ($1::uuid[])
  UNION ALL SELECT "fileId" FROM "Archive" WHERE "fileId" = ANY ($1::uuid[])`;
