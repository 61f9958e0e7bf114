import type pg from 'pg';
import { messageParts } from '@/lib/domain/messages/parts';
import { run } from '@/lib/platform/db/sql';

// All of these run under the conversation's lock (access.ts).

export async function rewriteMessage(id: string, content: string, client: pg.PoolClient): Promise<void> {
  await run('messages.rewrite', rewriteText, [id, content], client);
}

/**
 * Empties a deleted message and removes its reactions and attachments. The row and its mentions stay.
 * @returns ids of the attachments whose files the caller deletes after the commit
 */
export async function tombstoneMessage(id: string, client: pg.PoolClient): Promise<string[]> {
  await run('messages.bury', buryText, [id], client);
  const files: string[] = [];
  for (const [name, text] of deletions)
    for (const file of await run<{ id: string }>(name, text, [id], client)) files.push(file.id);
  return files;
}

// clock_timestamp(), because now() is the time when the transaction began to wait for the lock.
const rewriteText = `UPDATE "Message" SET content = $2, "editedAt" = clock_timestamp() WHERE id = $1`;

const buryText = `UPDATE "Message" SET content = '', metadata = NULL, "deletedAt" = clock_timestamp() WHERE id = $1`;

const deletions = Object.entries<{ onDelete?: string }>(messageParts).flatMap(([name, { onDelete }]) =>
  onDelete ? [[`messages.bury.${name}`, onDelete] as const] : [],
);
