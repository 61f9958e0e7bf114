import { byConversationSchema } from '@/lib/domain/conversations/schema';
import { byMessageSchema, messageAnswerSchema } from '@/lib/domain/messages/schema';
import { operation } from '@/lib/domain/operation';
import { listPins, pinMessage, unpinMessage } from '@/lib/domain/pins/pin';
import { listPinsSchema, pinPageSchema } from '@/lib/domain/pins/schema';

export const pinOperations = {
  'pin.add': operation({
    input: byMessageSchema,
    answer: messageAnswerSchema,
    scope: 'messages:write',
    lane: 'messages',
    run: async ({ userId }, { messageId, conversationId }) => ({
      message: await pinMessage(userId, messageId, conversationId),
    }),
  }),
  'pin.remove': operation({
    input: byMessageSchema,
    answer: messageAnswerSchema,
    scope: 'messages:write',
    lane: 'messages',
    run: async ({ userId }, { messageId, conversationId }) => ({
      message: await unpinMessage(userId, messageId, conversationId),
    }),
  }),
  'conversation.pins': operation({
    input: listPinsSchema.extend(byConversationSchema.shape),
    answer: pinPageSchema,
    scope: 'messages:read',
    run: ({ userId }, { conversationId, ...query }) => listPins(userId, conversationId, query),
  }),
};
