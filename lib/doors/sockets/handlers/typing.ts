import { z } from 'zod';
import { findConversationFor } from '@/lib/domain/conversations/access';
import { startTyping, stopTyping } from '@/lib/domain/typing/typing';
import { event, nothing } from '@/lib/doors/sockets/event';
import { idSchema } from '@/lib/platform/validation/schema';

const byId = z.object({ conversationId: idSchema });

export const typingEvents = {
  'typing.start': event(
    byId,
    async ({ userId, socket }, { conversationId }) => {
      await startTyping(userId, socket.id, conversationId);
      return nothing;
    },
    { limit: 'typing', lane: 'rooms' },
  ),
  'typing.stop': event(
    byId,
    async ({ userId }, { conversationId }) => {
      await findConversationFor(userId, conversationId);
      stopTyping(userId, conversationId);
      return nothing;
    },
    { limit: 'typing', lane: 'rooms' },
  ),
};
