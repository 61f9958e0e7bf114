import { z } from 'zod';
import { deleteMessage, editMessage, listChanges, listMessages, sendMessage } from '@/lib/domain/messages/message';
import { changesSchema, editMessageSchema, historySchema, sendMessageRequestSchema } from '@/lib/domain/messages/schema';
import { byVerb } from '@/lib/domain/operation';
import { inline } from '@/lib/doors/sockets/request';
import { idSchema } from '@/lib/platform/validation/schema';

const byId = z.object({ conversationId: idSchema });
/** A message is found by its id alone; where the REST path's conversation comes along, it has to be the message's. */
const byMessageId = z.object({ messageId: idSchema, conversationId: idSchema.optional() });

export const messageRequests = {
  'message.send': inline(
    sendMessageRequestSchema,
    async ({ userId }, input) => {
      const { message } = await sendMessage(userId, input.conversationId, input);
      const { clientMessageId, id: messageId, seq, rev, createdAt } = message;
      return { clientMessageId, messageId, seq, rev, createdAt, status: 'sent' as const };
    },
    { limit: byVerb('message'), lane: 'messages', keepsOrder: true },
  ),
  'message.edit': inline(
    editMessageSchema.safeExtend(byMessageId.shape),
    async ({ userId }, { messageId, content, conversationId }) => ({
      message: await editMessage(userId, messageId, content, conversationId),
    }),
    { lane: 'messages' },
  ),
  'message.delete': inline(
    byMessageId,
    async ({ userId }, { messageId, conversationId }) => ({ message: await deleteMessage(userId, messageId, conversationId) }),
    { lane: 'messages' },
  ),
  'message.history': inline(historySchema.safeExtend(byId.shape), ({ userId }, { conversationId, ...query }) =>
    listMessages(userId, conversationId, query),
  ),
  'message.changes': inline(changesSchema.safeExtend(byId.shape), ({ userId }, { conversationId, ...query }) =>
    listChanges(userId, conversationId, query),
  ),
};
