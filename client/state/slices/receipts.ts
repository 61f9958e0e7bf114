import { applyReceipts, see } from '@/client/state/header';
import { changeConversation, changeParticipants } from '@/client/state/parts';
import type { LocalPayloads, Payloads, Slice } from '@/client/state/state';
import type { Conversation } from '@/lib/domain/conversations/schema';
import type { receiptEvents } from '@/lib/domain/receipts/events';

/** The watermarks of others, and one's own unread counts. */
export const receipts: Slice<keyof typeof receiptEvents | keyof LocalPayloads> = {
  initial: {},
  reduce: {
    'message.read': (state, payload) =>
      changeParticipants(state, payload.conversationId, (list) => applyReceipts(list, payload.receipts, 'read')),
    'message.delivered': (state, payload) =>
      changeParticipants(state, payload.conversationId, (list) => applyReceipts(list, payload.receipts, 'delivered')),
    'read.updated': (state, { conversationId, ...numbers }) =>
      changeConversation(state, conversationId, (conversation) => takeNumbers(conversation, numbers, state.me)),
    'read.seen': (state, { conversationId, seq }) =>
      changeConversation(state, conversationId, (conversation) => see(conversation, seq)),
  },
};

/**
 * The newest version wins. The server owns the numbers, but may have counted them before the last message: then that one is
 * added. The next answer about the conversation has exact numbers.
 */
function takeNumbers(conversation: Conversation, { version, ...numbers }: ReadNumbers, me: string): Conversation {
  if (!conversation.me || version <= conversation.me.readVersion) return conversation;
  const { lastMessage, lastSeq } = conversation;
  const missesLast = numbers.lastReadSeq < lastSeq && lastMessage?.seq === lastSeq && lastMessage.sender.id !== me;
  const unreadCount = missesLast ? Math.max(1, numbers.unreadCount) : numbers.unreadCount;
  return { ...conversation, me: { ...conversation.me, ...numbers, unreadCount, readVersion: version } };
}

type ReadNumbers = Omit<Payloads['read.updated'], 'conversationId'>;
