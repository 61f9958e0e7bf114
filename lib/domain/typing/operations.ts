import { findConversationFor } from '@/lib/domain/conversations/access';
import { byConversationSchema } from '@/lib/domain/conversations/schema';
import { nothing, nothingSchema, operation } from '@/lib/domain/operation';
import { startTyping, stopTyping } from '@/lib/domain/typing/typing';

const terms = {
  input: byConversationSchema,
  answer: nothingSchema,
  limit: 'typing',
  dropOverLimit: true,
  scope: 'messages:write',
  lane: 'rooms',
  socketOnly: 'It ends with the connection that it came through.',
} as const;

export const typingOperations = {
  'typing.start': operation({
    ...terms,
    run: async ({ userId, connectionId }, { conversationId }) => {
      await startTyping(userId, connectionId, conversationId);
      return nothing;
    },
  }),
  'typing.stop': operation({
    ...terms,
    run: async ({ userId }, { conversationId }) => {
      await findConversationFor(userId, conversationId);
      stopTyping(userId, conversationId);
      return nothing;
    },
  }),
};
