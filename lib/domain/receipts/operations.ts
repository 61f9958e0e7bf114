import { byConversationSchema } from '@/lib/domain/conversations/schema';
import { operation } from '@/lib/domain/operation';
import { markDelivered, markRead, markUnread } from '@/lib/domain/receipts/receipt';
import { deliveredSchema, readSchema, readStateSchema, unreadSchema } from '@/lib/domain/receipts/schema';

export const receiptOperations = {
  'message.delivered': operation({
    input: deliveredSchema.safeExtend(byConversationSchema.shape),
    answer: readStateSchema,
    scope: 'conversations:write',
    socketOnly: 'It reports what arrived as an event.',
    run: ({ userId }, { conversationId, seq }) => markDelivered(userId, conversationId, seq),
  }),
  'message.read': operation({
    input: readSchema.safeExtend(byConversationSchema.shape),
    answer: readStateSchema,
    scope: 'conversations:write',
    run: ({ userId }, { conversationId, seq }) => markRead(userId, conversationId, seq),
  }),
  'message.unread': operation({
    input: unreadSchema.safeExtend(byConversationSchema.shape),
    answer: readStateSchema,
    scope: 'conversations:write',
    run: ({ userId }, { conversationId, seq }) => markUnread(userId, conversationId, seq),
  }),
};
