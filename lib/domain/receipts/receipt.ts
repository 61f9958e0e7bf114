import { findConversationFor } from '@/lib/domain/conversations/access';
import { isIn } from '@/lib/domain/readable';
import { type UnreadState, unreadStateOf } from '@/lib/domain/receipts/access';
import { broadcastDelivered, broadcastRead, broadcastReadState } from '@/lib/domain/receipts/broadcasts';
import type { ReadState } from '@/lib/domain/receipts/schema';
import { run } from '@/lib/platform/db/sql';
import { invalid, notFound } from '@/lib/platform/errors/error';

export { markManyRead, undoMarkManyRead } from '@/lib/domain/receipts/read-many';

/** Maximum number of participants for delivered receipts: in larger groups they are useless. */
const deliveredUpTo = 50;

const lastSeq = 2_147_483_647;

/**
 * Marks everything up to seq as read, by default up to the end. The watermark never moves back or past the end.
 * @throws NOT_FOUND
 */
export async function markRead(userId: string, conversationId: string, seq: number = lastSeq): Promise<ReadState> {
  const moved = await movePointer(userId, conversationId, seq, false);
  if (moved.at) broadcastRead(conversationId, { userId, seq: moved.state.lastReadSeq, at: moved.at.toISOString() });
  return answer(moved.state);
}

/**
 * Marks a message and all later ones as unread. It is the only way to move the watermark back, and only the person's own devices
 * see it.
 * @throws NOT_FOUND
 * @throws VALIDATION_FAILED when seq is past the end
 */
export async function markUnread(userId: string, conversationId: string, seq: number): Promise<ReadState> {
  const { conversation } = await findConversationFor(userId, conversationId);
  if (seq > conversation.lastSeq) throw invalid({ seq: 'There is no such message yet.' });
  const moved = await movePointer(userId, conversationId, seq - 1, true);
  return answer(moved.state);
}

/**
 * Marks everything up to seq as delivered to a device of this person. The watermark never moves back or past the end.
 * @throws NOT_FOUND
 */
export async function markDelivered(userId: string, conversationId: string, seq: number): Promise<ReadState> {
  const state = await unreadStateOf(conversationId, userId);
  if (!state) throw notFound();
  const [moved] = await run<DeliveredRow>('receipts.delivered', deliveredText, [
    conversationId,
    userId,
    seq,
    deliveredUpTo + 1,
  ]);
  if (moved && moved.people <= deliveredUpTo)
    broadcastDelivered(conversationId, { userId, seq: moved.seq, at: moved.at.toISOString() });
  return answer(state);
}

async function movePointer(userId: string, conversationId: string, seq: number, back: boolean) {
  const [row] = await run<ReadRow>('receipts.read', readText, [conversationId, userId, seq, back]);
  if (!row) throw notFound();
  const { lastReadAt, moved, ...state } = row;
  if (moved) broadcastReadState(userId, conversationId, state);
  return { state, at: moved ? lastReadAt : null };
}

const answer = ({ lastReadSeq, unreadCount }: ReadState): ReadState => ({ lastReadSeq, unreadCount });

interface ReadRow extends UnreadState {
  lastReadAt: Date;
  moved: boolean;
}

interface DeliveredRow {
  seq: number;
  at: Date;
  people: number;
}

const readText = `SELECT "lastReadSeq", "unreadCount", "mentionCount", "lastReadAt", moved, "readVersion" FROM parley_read($1, $2, $3, $4)`;

const deliveredText = `
  UPDATE "Participant" p SET "lastDeliveredSeq" = least($3, c."lastSeq"), "lastDeliveredAt" = now()
  FROM "Conversation" c
  WHERE c.id = $1 AND p."conversationId" = c.id AND p."userId" = $2 AND ${isIn()}
    AND p."lastDeliveredSeq" < least($3, c."lastSeq")
  RETURNING p."lastDeliveredSeq" AS seq, p."lastDeliveredAt" AS at, (SELECT count(*)::int FROM (
    SELECT 1 FROM "Participant" o WHERE o."conversationId" = $1 AND ${isIn('o')} LIMIT $4) others) AS people`;
