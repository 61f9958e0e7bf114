import { shownWithFirstMessage } from '@/lib/domain/conversations/access';
import { broadcastCreated } from '@/lib/domain/conversations/broadcasts';
import { emit } from '@/lib/domain/emit';
import type { Message } from '@/lib/domain/messages/schema';
import { forEverybody } from '@/lib/domain/messages/shape';
import { readable } from '@/lib/domain/readable';
import { broadcastReadState } from '@/lib/domain/receipts/broadcasts';
import { stopTyping } from '@/lib/domain/typing/typing';
import { run } from '@/lib/platform/db/sql';

/** A new message. */
interface News {
  message: Message;
  /** where it moved its sender's read pointer; null when it did not */
  readTo: number | null;
  /** which change of what they have read that is */
  readVersion: number | null;
}

/**
 * What one commit stored in one conversation, in one event. Some kinds show with their first message (kinds.ts): others than their
 * maker learn of them here.
 */
export async function announceNew(conversationId: string, news: News[]): Promise<void> {
  for (const { message } of news) if (message.type !== 'system') stopTyping(message.sender.id, conversationId);
  if (news.some(({ message }) => message.seq === 1 && message.type !== 'system')) await introduce(conversationId);
  emit('message.received', conversationId, { conversationId, messages: news.map(({ message }) => message) });
  const pointers = new Map(news.map(({ message, readTo, readVersion }) => [message.sender.id, { readTo, readVersion }]));
  // Their own message moves it only when they had read everything: there is nothing unread behind it.
  for (const [userId, { readTo: lastReadSeq, readVersion }] of pointers)
    if (lastReadSeq !== null && readVersion !== null)
      broadcastReadState(userId, conversationId, { lastReadSeq, unreadCount: 0, mentionCount: 0, readVersion });
}

export function broadcastEdited(message: Message): void {
  emit('message.edited', message.conversationId, { message: forEverybody(message) });
}

export function broadcastDeleted(message: Message): void {
  emit('message.deleted', message.conversationId, { message: forEverybody(message) });
}

/** Its maker was told when they opened it, whoever writes in it first. */
async function introduce(conversationId: string): Promise<void> {
  const others = await run<{ userId: string }>('messages.introduce', introduceText, [conversationId]);
  if (others.length > 0)
    await broadcastCreated(
      conversationId,
      others.map((other) => other.userId),
    );
}

const introduceText = `
  SELECT p."userId" FROM ${readable}
  WHERE c.id = $1 AND c.kind IN (${shownWithFirstMessage}) AND p."userId" IS DISTINCT FROM c."createdById"`;
