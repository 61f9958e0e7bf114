import type pg from 'pg';
import { hasText, textOfFile } from '@/lib/domain/search/file-text';
import { uuidArray } from '@/lib/platform/db/arrays';
import { run } from '@/lib/platform/db/sql';

// Files never change, so each is read once. The index is written from the table alone: a slow file store cannot hold it up.

/** The stored texts, by the ids of their attachments. */
export async function storedTexts(attachmentIds: string[], client: pg.PoolClient): Promise<Map<string, string>> {
  if (attachmentIds.length === 0) return new Map();
  const rows = await run<{ id: string; text: string }>('search.texts', textsText, [uuidArray(attachmentIds)], client);
  return new Map(rows.map(({ id, text }) => [id, text]));
}

/**
 * Reads the files of these messages whose texts are not stored yet, and stores their texts. It may stop at any point.
 * @throws when the file store does not answer
 */
export async function extractTexts(messageIds: string[], signal?: AbortSignal): Promise<void> {
  const files = await run<{ id: string; mimeType: string }>('search.texts.missing', missingText, [uuidArray(messageIds)]);
  for (const { id, mimeType } of files) {
    if (!hasText(mimeType)) continue;
    signal?.throwIfAborted();
    await run('search.texts.store', storeText, [id, await textOfFile(id, mimeType)]);
  }
}

const textsText = 'SELECT t."attachmentId" AS id, t.text FROM "AttachmentText" t WHERE t."attachmentId" = ANY ($1::uuid[])';

const missingText = `
  SELECT a.id, a."mimeType" FROM "Attachment" a WHERE a."messageId" = ANY ($1::uuid[])
    AND NOT EXISTS (SELECT 1 FROM "AttachmentText" t WHERE t."attachmentId" = a.id)
  ORDER BY a."messageId" DESC, a.position, a.id`;

// A file that has been deleted meanwhile is left out.
const storeText = `
  INSERT INTO "AttachmentText" ("attachmentId", text) SELECT a.id, $2 FROM "Attachment" a WHERE a.id = $1 FOR KEY SHARE
  ON CONFLICT DO NOTHING`;
