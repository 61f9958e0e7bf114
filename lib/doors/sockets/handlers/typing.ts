import { z } from 'zod';
import { findConversationFor } from '@/lib/domain/conversations/access';
import { nothing } from '@/lib/domain/operation';
import { startTyping, stopTyping } from '@/lib/domain/typing/typing';
import { inline } from '@/lib/doors/sockets/request';
import { idSchema } from '@/lib/platform/validation/schema';

const byId = z.object({ conversationId: idSchema });

export const typingRequests = {
  'typing.start': inline(
    byId,
    async ({ userId, socket }, { conversationId }) => {
      await startTyping(userId, socket.id, conversationId);
      return nothing;
    },
    { limit: 'typing', dropOverLimit: true, lane: 'rooms' },
  ),
  'typing.stop': inline(
    byId,
    async ({ userId }, { conversationId }) => {
      await findConversationFor(userId, conversationId);
      stopTyping(userId, conversationId);
      return nothing;
    },
    { limit: 'typing', dropOverLimit: true, lane: 'rooms' },
  ),
};
