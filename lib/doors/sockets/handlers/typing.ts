import { z } from 'zod';
import { findConversationFor } from '@/lib/domain/conversations/access';
import { startTyping, stopTyping } from '@/lib/domain/typing/typing';
import { nothing, request } from '@/lib/doors/sockets/request';
import { idSchema } from '@/lib/platform/validation/schema';

const byId = z.object({ conversationId: idSchema });

export const typingRequests = {
  'typing.start': request(
    byId,
    async ({ userId, socket }, { conversationId }) => {
      await startTyping(userId, socket.id, conversationId);
      return nothing;
    },
    { limit: 'typing', lane: 'rooms' },
  ),
  'typing.stop': request(
    byId,
    async ({ userId }, { conversationId }) => {
      await findConversationFor(userId, conversationId);
      stopTyping(userId, conversationId);
      return nothing;
    },
    { limit: 'typing', lane: 'rooms' },
  ),
};
