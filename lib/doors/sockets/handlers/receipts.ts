import { z } from 'zod';
import { markDelivered, markRead, markUnread } from '@/lib/domain/receipts/receipt';
import { deliveredSchema, readSchema, unreadSchema } from '@/lib/domain/receipts/schema';
import { request } from '@/lib/doors/sockets/request';
import { idSchema } from '@/lib/platform/validation/schema';

const byId = z.object({ conversationId: idSchema });

export const receiptRequests = {
  'message.delivered': request(deliveredSchema.safeExtend(byId.shape), ({ userId }, { conversationId, seq }) =>
    markDelivered(userId, conversationId, seq),
  ),
  'message.read': request(readSchema.safeExtend(byId.shape), ({ userId }, { conversationId, seq }) =>
    markRead(userId, conversationId, seq),
  ),
  'message.unread': request(unreadSchema.safeExtend(byId.shape), ({ userId }, { conversationId, seq }) =>
    markUnread(userId, conversationId, seq),
  ),
};
