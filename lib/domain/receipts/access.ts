import { readable } from '@/lib/domain/readable';
import type { ReadState } from '@/lib/domain/receipts/schema';
import { run } from '@/lib/platform/db/sql';

/** A person's read state of a conversation. */
export interface UnreadState extends ReadState {
  mentionCount: number;
  /** a counter of its changes, except those by new messages */
  readVersion: number;
}

/** This person's read state of a conversation; null when they are not in it. */
export async function unreadStateOf(conversationId: string, userId: string): Promise<UnreadState | null> {
  const [state] = await run<UnreadState>('receipts.unread', stateText, [conversationId, userId]);
  return state ?? null;
}

/**
 * The read states of those of these people who have not read seq yet. Each gets a new version, because a message that they have
 * not read has changed.
 */
export async function changedUnreadStates(
  conversationId: string,
  userIds: string[],
  seq: number,
): Promise<Map<string, UnreadState>> {
  if (userIds.length === 0) return new Map();
  const rows = await run<UnreadState & { userId: string }>('receipts.unread.changed', changedText, [
    conversationId,
    userIds,
    seq,
  ]);
  return new Map(rows.map(({ userId, ...state }) => [userId, state]));
}

/** SQL: the columns of an UnreadState, of a participant `p` of a conversation `c`. */
const stateColumns = `p."lastReadSeq", p."readVersion", greatest(c."lastSeq" - p."lastReadSeq" - p."ownSinceRead", 0) AS "unreadCount",
    (SELECT count(*)::int FROM "Mention" m
      WHERE m."userId" = p."userId" AND m."conversationId" = c.id AND m.seq > p."lastReadSeq") AS "mentionCount"`;

const stateText = `SELECT ${stateColumns} FROM ${readable} WHERE c.id = $1 AND p."userId" = $2`;

// People are always locked in the order of their ids.
const changedText = `
  WITH due AS MATERIALIZED (
    SELECT p."userId" FROM ${readable} WHERE c.id = $1 AND p."userId" = ANY ($2::uuid[]) AND p."lastReadSeq" < $3
    ORDER BY p."userId" FOR NO KEY UPDATE OF p)
  UPDATE "Participant" p SET "readVersion" = p."readVersion" + 1 FROM due, "Conversation" c
  WHERE c.id = $1 AND p."conversationId" = c.id AND p."userId" = due."userId"
  RETURNING p."userId", ${stateColumns}`;
