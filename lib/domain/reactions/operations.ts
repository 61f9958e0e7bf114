import { byMessageSchema, messageAnswerSchema } from '@/lib/domain/messages/schema';
import { operation } from '@/lib/domain/operation';
import { addReaction, removeReaction } from '@/lib/domain/reactions/reaction';
import { emojiSchema } from '@/lib/domain/reactions/schema';

const input = byMessageSchema.extend({ emoji: emojiSchema });

export const reactionOperations = {
  'reaction.add': operation({
    input,
    answer: messageAnswerSchema,
    scope: 'messages:write',
    lane: 'messages',
    run: async ({ userId }, { messageId, emoji, conversationId }) => ({
      message: await addReaction(userId, messageId, emoji, conversationId),
    }),
  }),
  'reaction.remove': operation({
    input,
    answer: messageAnswerSchema,
    scope: 'messages:write',
    lane: 'messages',
    run: async ({ userId }, { messageId, emoji, conversationId }) => ({
      message: await removeReaction(userId, messageId, emoji, conversationId),
    }),
  }),
};
