import type pg from 'pg';
import { run } from '@/lib/platform/db/sql';
import { notFound } from '@/lib/platform/errors/error';

/**
 * Reserves an upload as a group's picture. The row stays locked until the transaction ends, so that no message can take the
 * upload meanwhile. A replaced picture becomes an orphaned upload, which the clean-up removes.
 * @throws NOT_FOUND unless it is an image that this person uploaded and that is unused
 */
export async function claimImage(userId: string, imageId: string, client: pg.PoolClient): Promise<void> {
  const [own] = await run('conversations.image.lock', imageLockText, [imageId, userId], client);
  if (!own) throw notFound();
  // After the lock, in a new snapshot, so that it includes what the previous holder of the lock did with the image.
  const [used] = await run('conversations.image.used', imageUsedText, [imageId], client);
  if (used) throw notFound();
}

const imageLockText = `
  SELECT a.id FROM "Attachment" a WHERE a.id = $1 AND a."uploaderId" = $2 AND a."messageId" IS NULL
    AND a."mimeType" LIKE 'image/%' FOR UPDATE`;

const imageUsedText = `
  SELECT 1 FROM "User" u WHERE u."imageId" = $1 UNION ALL SELECT 1 FROM "Conversation" c WHERE c."imageId" = $1`;
