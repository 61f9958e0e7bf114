import type pg from 'pg';
import { hasText, type TextFile, textOfFile } from '@/lib/domain/search/file-text';
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
 * @param isLastTry whether a file counts as unreadable when reading it exceeds the limits
 * @throws when the file store does not answer, or a file may be read at the next try
 */
export async function extractTexts(messageIds: string[], signal?: AbortSignal, isLastTry = false): Promise<void> {
  const files = await run<TextFile>('search.texts.missing', missingText, [uuidArray(messageIds)]);
  for (const file of files) {
    if (!hasText(file.mimeType)) continue;
    signal?.throwIfAborted();
    await run('search.texts.store', storeText, [file.id, await textOfFile(file, isLastTry)]);
  }
}

const textsText = 'SELECT t."attachmentId" AS id, t.text FROM "AttachmentText" t WHERE t."attachmentId" = ANY ($1::uuid[])';

const missingText = `
  SELECT a.id, a."mimeType", a.size::float FROM "Attachment" a WHERE a."messageId" = ANY ($1::uuid[])
    AND NOT EXISTS (SELECT 1 FROM "AttachmentText" t WHERE t."attachmentId" = a.id)
  ORDER BY a."messageId" DESC, a.position, a.id`;

// A file that has been deleted meanwhile is left out.
const storeText = `
  INSERT INTO "AttachmentText" ("attachmentId", text) SELECT a.id, $2 FROM "Attachment" a WHERE a.id = $1 FOR KEY SHARE
  ON CONFLICT DO NOTHING`;
