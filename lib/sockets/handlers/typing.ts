import { z } from 'zod';
import { findConversationFor } from '@/lib/conversations/access';
import { idSchema } from '@/lib/ids/schema';
import { event, nothing } from '@/lib/sockets/event';
import { startTyping, stopTyping } from '@/lib/typing/typing';

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
