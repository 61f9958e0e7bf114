import { randomUUID } from 'node:crypto';
import { readable } from '@/lib/domain/readable';
import type { UnreadState } from '@/lib/domain/receipts/access';
import { broadcastRead, broadcastReadState } from '@/lib/domain/receipts/broadcasts';
import type { MarkedAnswer, MarkInput, UndoneAnswer } from '@/lib/domain/receipts/schema';
import { run } from '@/lib/platform/db/sql';
import { notFound } from '@/lib/platform/errors/error';

/** For how long marking several conversations as read can be undone. */
export const undoHours = 24;

/**
 * Marks all conversations of this person as read up to their ends, or those that are named. Those that the person is not in are
 * ignored.
 * @returns the id by which it can be undone
 */
export async function markManyRead(userId: string, { conversationIds }: MarkInput): Promise<MarkedAnswer> {
  const undo = randomUUID();
  const rows = await run<MovedRow>('receipts.read.many', readManyText, [userId, conversationIds ?? null, undo]);
  broadcastMoved(userId, rows);
  for (const { conversationId, lastReadSeq, lastReadAt } of rows)
    broadcastRead(conversationId, { userId, seq: lastReadSeq, at: lastReadAt.toISOString() });
  return { undo };
}

/**
 * Moves the watermarks back to where they were before `markManyRead`. A watermark that has moved since stays where it is. As with
 * `markUnread`, only the person's own devices see it. A repeated call changes nothing.
 * @throws NOT_FOUND for an id that is unknown, of another person, or too old
 */
export async function undoMarkManyRead(userId: string, undoId: string): Promise<UndoneAnswer> {
  const rows = await run<MovedRow | NothingMoved>('receipts.read.undo', undoText, [userId, undoId, undoHours]);
  if (rows.length === 0) throw notFound();
  const moved = rows.filter((row) => row.conversationId !== null);
  broadcastMoved(userId, moved);
  return { conversationIds: moved.map(({ conversationId }) => conversationId) };
}

function broadcastMoved(userId: string, rows: MovedRow[]): void {
  for (const { conversationId, ...state } of rows) broadcastReadState(userId, conversationId, state);
}

interface MovedRow extends UnreadState {
  conversationId: string;
  lastReadAt: Date;
}

/** The undo is known, but there is nothing to undo any more. */
interface NothingMoved {
  conversationId: null;
}

const columns = `r."lastReadSeq", r."unreadCount", r."mentionCount", r."lastReadAt", r."readVersion"`;

// Participants are always locked in the order of their conversations, as in parley_send. Locking reads the newest version of a row, so
// `was` is where the pointer is moved from.
const readManyText = `
  WITH due AS MATERIALIZED (
    SELECT c.id, p."lastReadSeq" AS was FROM ${readable}
    WHERE p."userId" = $1 AND ($2::uuid[] IS NULL OR c.id = ANY ($2::uuid[])) AND c."lastSeq" > p."lastReadSeq" + p."ownSinceRead"
    ORDER BY c.id FOR NO KEY UPDATE OF p),
  moved AS MATERIALIZED (
    SELECT due.id AS "conversationId", due.was, ${columns}
    FROM due CROSS JOIN LATERAL parley_read(due.id, $1, 2147483647, false) r WHERE r.moved),
  undo AS (
    INSERT INTO "ReadUndo" (id, "userId", "conversationIds", "seqsBefore", "seqsAfter")
    SELECT $3::uuid, $1::uuid, coalesce(array_agg("conversationId"), '{}'), coalesce(array_agg(was), '{}'), coalesce(array_agg("lastReadSeq"), '{}')
    FROM moved)
  SELECT "conversationId", "lastReadSeq", "unreadCount", "mentionCount", "lastReadAt", "readVersion" FROM moved`;

const undoText = `
  WITH undo AS MATERIALIZED (
    SELECT u.* FROM "ReadUndo" u WHERE u.id = $2 AND u."userId" = $1 AND u."createdAt" > now() - make_interval(hours => $3)),
  due AS MATERIALIZED (
    SELECT c.id, k.before FROM undo CROSS JOIN LATERAL unnest(undo."conversationIds", undo."seqsBefore", undo."seqsAfter")
      AS k(id, before, after) JOIN (${readable}) ON c.id = k.id AND p."userId" = $1
    WHERE p."lastReadSeq" = k.after ORDER BY c.id FOR NO KEY UPDATE OF p),
  moved AS MATERIALIZED (
    SELECT due.id AS "conversationId", ${columns} FROM due CROSS JOIN LATERAL parley_read(due.id, $1, due.before, true) r
    WHERE r.moved)
  SELECT moved.* FROM undo LEFT JOIN moved ON true`;
