import type pg from 'pg';
import { run } from '@/lib/platform/db/sql';

// All of these run under the conversation's lock (access.ts), as does everything that changes a message.

export async function rewriteMessage(id: string, content: string, client: pg.PoolClient): Promise<void> {
  await run('messages.rewrite', rewriteText, [id, content], client);
}

/**
 * Takes what a message said, and what hung on it but its mentions; the row stays.
 * @returns the attachments whose files are to go after the commit
 */
export async function tombstoneMessage(id: string, client: pg.PoolClient): Promise<string[]> {
  await run('messages.bury', buryText, [id], client);
  await run('messages.bury.reactions', 'DELETE FROM "Reaction" WHERE "messageId" = $1', [id], client);
  const files = await run<{ id: string }>('messages.bury.attachments', filesText, [id], client);
  return files.map((file) => file.id);
}

// clock_timestamp: now() is when the transaction began to wait for the lock.
const rewriteText = `UPDATE "Message" SET content = $2, "editedAt" = clock_timestamp() WHERE id = $1`;

const buryText = `UPDATE "Message" SET content = '', metadata = NULL, "deletedAt" = clock_timestamp() WHERE id = $1`;

const filesText = `DELETE FROM "Attachment" WHERE "messageId" = $1 RETURNING id`;
