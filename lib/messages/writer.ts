import type pg from 'pg';
import { run } from '@/lib/db/sql';
import { notFound } from '@/lib/errors/error';
import type { Draft } from '@/lib/messages/draft';

export interface Stored {
  id: string;
  seq: number;
  rev: number;
  /** this sender used that clientMessageId here before: the first message answers, and nothing was written */
  again: boolean;
  /** the sender's read pointer, if their own message moved it; null when they have something unread, or nothing was written */
  readTo: number | null;
}

/**
 * Stores a message, numbered, under its conversation's row lock; committed when this resolves.
 * @throws NOT_FOUND when the sender is not in, or what it replies to or carries is not there or not theirs
 */
export async function append(draft: Draft): Promise<Stored> {
  const [row] = await run<StoredRow>('parley_send', sendText, [
    [draft.conversationId],
    [draft.senderId],
    [draft.clientMessageId],
    [draft.type],
    [draft.content],
    [draft.replyToId],
    [draft.metadata && JSON.stringify(draft.metadata)],
    draft.attachmentIds.map(() => 1),
    draft.attachmentIds,
    draft.mentions.map(() => 1),
    draft.mentions,
  ]);
  if (!row || (row.status !== 'new' && row.status !== 'again')) throw notFound();
  return { id: row.id, seq: row.seq, rev: row.rev, again: row.status === 'again', readTo: row.readTo };
}

/** Under the conversation's lock (access.ts), as is everything that changes a message. */
export async function rewriteMessage(id: string, content: string, client: pg.PoolClient): Promise<void> {
  await run('message_rewrite', rewriteText, [id, content], client);
}

/**
 * Takes what a message said, and what hung on it but its mentions; the row stays.
 * @returns the attachments whose files are to go after the commit
 */
export async function buryMessage(id: string, client: pg.PoolClient): Promise<string[]> {
  await run('message_bury', buryText, [id], client);
  await run('message_bury_reactions', 'DELETE FROM "Reaction" WHERE "messageId" = $1', [id], client);
  const files = await run<{ id: string }>('message_bury_attachments', filesText, [id], client);
  return files.map((file) => file.id);
}

interface StoredRow {
  status: 'new' | 'again' | 'NOT_FOUND' | 'REPLY' | 'ATTACHMENT';
  id: string;
  seq: number;
  rev: number;
  readTo: number | null;
}

const sendText = `
  SELECT status, id, seq, rev, "readTo" FROM parley_send($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::uuid[],
    $7::jsonb[], $8::int[], $9::uuid[], $10::int[], $11::uuid[])`;

// clock_timestamp: now() is when the transaction began to wait for the lock.
const rewriteText = `UPDATE "Message" SET content = $2, "editedAt" = clock_timestamp() WHERE id = $1`;

const buryText = `UPDATE "Message" SET content = '', metadata = NULL, "deletedAt" = clock_timestamp() WHERE id = $1`;

const filesText = `DELETE FROM "Attachment" WHERE "messageId" = $1 RETURNING id`;
