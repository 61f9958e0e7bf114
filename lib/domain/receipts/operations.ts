import { byConversationSchema } from '@/lib/domain/conversations/schema';
import { operation } from '@/lib/domain/operation';
import { markDelivered, markManyRead, markRead, markUnread, undoMarkManyRead } from '@/lib/domain/receipts/receipt';
import {
  deliveredSchema,
  markedAnswerSchema,
  markSchema,
  readSchema,
  readStateSchema,
  undoneAnswerSchema,
  undoSchema,
  unreadSchema,
} from '@/lib/domain/receipts/schema';

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
  'read.mark': operation({
    input: markSchema,
    answer: markedAnswerSchema,
    scope: 'conversations:write',
    run: ({ userId }, input) => markManyRead(userId, input),
  }),
  'read.undo': operation({
    input: undoSchema,
    answer: undoneAnswerSchema,
    scope: 'conversations:write',
    run: ({ userId }, { undoId }) => undoMarkManyRead(userId, undoId),
  }),
};
