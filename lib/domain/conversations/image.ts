import type pg from 'pg';
import { run } from '@/lib/platform/db/sql';
import { notFound } from '@/lib/platform/errors/error';

/**
 * Takes an upload for a group's picture. Locked until the transaction ends, so that no message can take it meanwhile. A picture
 * that is replaced becomes an upload that nothing shows, and goes when those go.
 * @throws NOT_FOUND unless it is an image of this person's own that nothing else shows
 */
export async function claimImage(userId: string, imageId: string, client: pg.PoolClient): Promise<void> {
  const [own] = await run('conversations.image.lock', imageLockText, [imageId, userId], client);
  if (!own) throw notFound();
  // After the lock, in a snapshot of its own: it sees what the one we waited for did with the image.
  const [used] = await run('conversations.image.used', imageUsedText, [imageId], client);
  if (used) throw notFound();
}

const imageLockText = `
  SELECT a.id FROM "Attachment" a WHERE a.id = $1 AND a."uploaderId" = $2 AND a."messageId" IS NULL
    AND a."mimeType" LIKE 'image/%' FOR UPDATE`;

const imageUsedText = `
  SELECT 1 FROM "User" u WHERE u."imageId" = $1 UNION ALL SELECT 1 FROM "Conversation" c WHERE c."imageId" = $1`;
