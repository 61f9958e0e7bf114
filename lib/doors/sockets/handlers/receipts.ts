import { z } from 'zod';
import { markDelivered, markRead, markUnread } from '@/lib/domain/receipts/receipt';
import { deliveredSchema, readSchema, unreadSchema } from '@/lib/domain/receipts/schema';
import { event } from '@/lib/doors/sockets/event';
import { idSchema } from '@/lib/platform/validation/schema';

const byId = z.object({ conversationId: idSchema });

export const receiptEvents = {
  'message.delivered': event(deliveredSchema.safeExtend(byId.shape), ({ userId }, { conversationId, seq }) =>
    markDelivered(userId, conversationId, seq),
  ),
  'message.read': event(readSchema.safeExtend(byId.shape), ({ userId }, { conversationId, seq }) =>
    markRead(userId, conversationId, seq),
  ),
  'message.unread': event(unreadSchema.safeExtend(byId.shape), ({ userId }, { conversationId, seq }) =>
    markUnread(userId, conversationId, seq),
  ),
};
