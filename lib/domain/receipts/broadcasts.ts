import { emit } from '@/lib/domain/emit';
import { changedUnreadStates, type UnreadState } from '@/lib/domain/receipts/access';
import { collectReceipt } from '@/lib/domain/receipts/batches';
import type { Receipt } from '@/lib/domain/receipts/schema';

/** To all devices of this person only. */
export function broadcastReadState(userId: string, conversationId: string, state: UnreadState): void {
  const { lastReadSeq, unreadCount, mentionCount, readVersion: version } = state;
  emit('read.updated', userId, { conversationId, lastReadSeq, unreadCount, mentionCount, version });
}

/** Sends those of these people who have not read seq yet their new read state, after that message changed. */
export async function broadcastReadStates(conversationId: string, userIds: string[], seq: number): Promise<void> {
  const states = await changedUnreadStates(conversationId, userIds, seq);
  for (const [userId, state] of states) broadcastReadState(userId, conversationId, state);
}

/** To the sockets that show the conversation on screen, in batches. */
export function broadcastRead(conversationId: string, receipt: Receipt): void {
  collectReceipt('message.read', conversationId, receipt);
}

export function broadcastDelivered(conversationId: string, receipt: Receipt): void {
  collectReceipt('message.delivered', conversationId, receipt);
}
