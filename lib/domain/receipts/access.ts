import { readable } from '@/lib/domain/readable';
import type { ReadState } from '@/lib/domain/receipts/schema';
import { run } from '@/lib/platform/db/sql';

/** What one person has not read of a conversation. */
export interface UnreadState extends ReadState {
  mentionCount: number;
}

/**
 * The unread state of several people in one conversation; of those who are not in it, nothing.
 * @param before only of those whose read pointer stands before this seq
 */
export async function unreadStatesOf(
  conversationId: string,
  userIds: string[],
  before = 2_147_483_647,
): Promise<Map<string, UnreadState>> {
  if (userIds.length === 0) return new Map();
  const rows = await run<UnreadState & { userId: string }>('unread_states', statesText, [conversationId, userIds, before]);
  return new Map(rows.map(({ userId, ...state }) => [userId, state]));
}

const statesText = `
  SELECT p."userId", p."lastReadSeq", greatest(c."lastSeq" - p."lastReadSeq" - p."ownSinceRead", 0) AS "unreadCount",
    (SELECT count(*)::int FROM "Mention" m
      WHERE m."userId" = p."userId" AND m."conversationId" = c.id AND m.seq > p."lastReadSeq") AS "mentionCount"
  FROM ${readable} WHERE c.id = $1 AND p."userId" = ANY ($2::uuid[]) AND p."lastReadSeq" < $3`;
