import type { AttachmentRow } from '@/lib/domain/attachments/shape';
import { isIn, isPublic, isThere, readable } from '@/lib/domain/readable';
import { run } from '@/lib/platform/db/sql';
import { notFound } from '@/lib/platform/errors/error';

/**
 * Finds a file that this person may see: on a message that they can read; their own upload that no message carries yet; a
 * person's picture; or a group's picture (for its members, or everybody when it is public).
 * @throws NOT_FOUND
 */
export async function findAttachmentFor(userId: string, id: string, { thumbnail = false } = {}): Promise<AttachmentRow> {
  const [row] = await run<AttachmentRow>('attachments.find', visibleAttachment, [id, userId]);
  if (!row || (thumbnail && !row.hasThumbnail)) throw notFound();
  return row;
}

const visibleAttachment = `
  SELECT a.id, a.name, a.size, a."mimeType", a.width, a.height, a.duration, a."hasThumbnail"
  FROM "Attachment" a
  WHERE a.id = $1 AND (
    (a."messageId" IS NULL AND a."uploaderId" = $2)
    OR EXISTS (
      SELECT 1 FROM "Message" m JOIN (${readable}) ON c.id = m."conversationId" AND p."userId" = $2
      WHERE m.id = a."messageId" AND m."deletedAt" IS NULL)
    OR EXISTS (SELECT 1 FROM "User" u WHERE u."imageId" = a.id)
    OR EXISTS (
      SELECT 1 FROM "Conversation" c
      WHERE c."imageId" = a.id AND ${isThere} AND (${isPublic} OR EXISTS (
        SELECT 1 FROM "Participant" p WHERE p."conversationId" = c.id AND p."userId" = $2 AND ${isIn()}))))`;
