import type { ServerPayloads } from '@/lib/domain/contract';
import { shownWithFirstMessage } from '@/lib/domain/conversations/access';
import { broadcastCreated } from '@/lib/domain/conversations/broadcasts';
import type { Pins } from '@/lib/domain/conversations/schema';
import { emit } from '@/lib/domain/emit';
import type { Message } from '@/lib/domain/messages/schema';
import { forEverybody } from '@/lib/domain/messages/shape';
import { readable } from '@/lib/domain/readable';
import { broadcastReadState } from '@/lib/domain/receipts/broadcasts';
import { stopTyping } from '@/lib/domain/typing/typing';
import { run } from '@/lib/platform/db/sql';

type MessageUpdate = ServerPayloads['message.updated']['change'];

/** A new message, with its effect on the sender's read state. */
interface News {
  message: Message;
  /** the sender's new read watermark; null when it did not move */
  readTo: number | null;
  /** the version of the sender's read state after the move */
  readVersion: number | null;
}

/**
 * Emits in one event what one commit stored in one conversation. Some kinds of conversation appear in the list with their first
 * message (kinds.ts): the other participants receive `conversation.created` here.
 */
export async function announceNew(conversationId: string, news: News[]): Promise<void> {
  for (const { message } of news) if (message.type !== 'system') stopTyping(message.sender.id, conversationId);
  if (news.some(({ message }) => message.seq === 1 && message.type !== 'system')) await introduce(conversationId);
  emit('message.received', conversationId, { conversationId, messages: news.map(({ message }) => message) });
  const pointers = new Map(news.map(({ message, readTo, readVersion }) => [message.sender.id, { readTo, readVersion }]));
  // The watermark moves only when the sender had read everything, so nothing is unread.
  for (const [userId, { readTo: lastReadSeq, readVersion }] of pointers)
    if (lastReadSeq !== null && readVersion !== null)
      broadcastReadState(userId, conversationId, { lastReadSeq, unreadCount: 0, mentionCount: 0, readVersion });
}

export function broadcastEdited(message: Message): void {
  emit('message.edited', message.conversationId, { message: forEverybody(message) });
}

/** @param pins what is still pinned in the conversation, where the message was */
export function broadcastDeleted(message: Message, pins?: Pins): void {
  emit('message.deleted', message.conversationId, { message: forEverybody(message), ...(pins && { pins }) });
}

export function broadcastMessageUpdated(message: Message, change: MessageUpdate, pins: Pins): void {
  emit('message.updated', message.conversationId, { message: forEverybody(message), change, pins });
}

/** Sends the conversation to everybody but its creator, who received it when it was created. */
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
