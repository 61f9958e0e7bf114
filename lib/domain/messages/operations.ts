import { byConversationSchema, changesPageSchema } from '@/lib/domain/conversations/schema';
import { deleteMessage, editMessage, listChanges, listMessages, sendMessage } from '@/lib/domain/messages/message';
import {
  byMessageSchema,
  changesSchema,
  editMessageSchema,
  historySchema,
  messageAnswerSchema,
  messagePageSchema,
  sendMessageSchema,
} from '@/lib/domain/messages/schema';
import { byVerb, created, operation } from '@/lib/domain/operation';

export const messageOperations = {
  /** By socket it needs a `clientMessageId`, and its ack is shorter (lib/doors/sockets/handlers/messages.ts). */
  'message.send': operation({
    input: sendMessageSchema.safeExtend(byConversationSchema.shape),
    answer: messageAnswerSchema,
    limit: byVerb('message'),
    scope: 'messages:write',
    lane: 'messages',
    keepsOrder: true,
    run: async ({ userId }, input) => {
      const { message, again } = await sendMessage(userId, input.conversationId, input);
      return again ? { message } : created({ message });
    },
  }),
  'message.edit': operation({
    input: editMessageSchema.safeExtend(byMessageSchema.shape),
    answer: messageAnswerSchema,
    scope: 'messages:write',
    lane: 'messages',
    run: async ({ userId }, { messageId, content, conversationId }) => ({
      message: await editMessage(userId, messageId, content, conversationId),
    }),
  }),
  'message.delete': operation({
    input: byMessageSchema,
    answer: messageAnswerSchema,
    scope: 'messages:write',
    lane: 'messages',
    run: async ({ userId }, { messageId, conversationId }) => ({
      message: await deleteMessage(userId, messageId, conversationId),
    }),
  }),
  'message.history': operation({
    input: historySchema.safeExtend(byConversationSchema.shape),
    answer: messagePageSchema,
    scope: 'messages:read',
    run: ({ userId }, { conversationId, ...query }) => listMessages(userId, conversationId, query),
  }),
  'message.changes': operation({
    input: changesSchema.safeExtend(byConversationSchema.shape),
    answer: changesPageSchema,
    scope: 'messages:read',
    run: ({ userId }, { conversationId, ...query }) => listChanges(userId, conversationId, query),
  }),
};
