import { z } from 'zod';
import { addReaction, removeReaction } from '@/lib/domain/reactions/reaction';
import { emojiSchema } from '@/lib/domain/reactions/schema';
import { inline } from '@/lib/doors/sockets/request';
import { idSchema } from '@/lib/platform/validation/schema';

const oneReaction = z.object({ messageId: idSchema, conversationId: idSchema.optional(), emoji: emojiSchema });

export const reactionRequests = {
  'reaction.add': inline(
    oneReaction,
    async ({ userId }, { messageId, emoji, conversationId }) => ({
      message: await addReaction(userId, messageId, emoji, conversationId),
    }),
    { lane: 'messages' },
  ),
  'reaction.remove': inline(
    oneReaction,
    async ({ userId }, { messageId, emoji, conversationId }) => ({
      message: await removeReaction(userId, messageId, emoji, conversationId),
    }),
    { lane: 'messages' },
  ),
};
