import { z } from 'zod';
import { idSchema } from '@/lib/ids/schema';
import { addReaction, removeReaction } from '@/lib/reactions/reaction';
import { emojiSchema } from '@/lib/reactions/schema';
import { event } from '@/lib/sockets/event';

const oneReaction = z.object({ messageId: idSchema, conversationId: idSchema.optional(), emoji: emojiSchema });

export const reactionEvents = {
  'reaction.add': event(
    oneReaction,
    async ({ userId }, { messageId, emoji, conversationId }) => ({
      message: await addReaction(userId, messageId, emoji, conversationId),
    }),
    { lane: 'messages' },
  ),
  'reaction.remove': event(
    oneReaction,
    async ({ userId }, { messageId, emoji, conversationId }) => ({
      message: await removeReaction(userId, messageId, emoji, conversationId),
    }),
    { lane: 'messages' },
  ),
};
