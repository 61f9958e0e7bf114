import { z } from 'zod';
import { markDelivered, markRead, markUnread } from '@/lib/domain/receipts/receipt';
import { deliveredSchema, readSchema, unreadSchema } from '@/lib/domain/receipts/schema';
import { inline } from '@/lib/doors/sockets/request';
import { idSchema } from '@/lib/platform/validation/schema';

const byId = z.object({ conversationId: idSchema });

export const receiptRequests = {
  'message.delivered': inline(deliveredSchema.safeExtend(byId.shape), ({ userId }, { conversationId, seq }) =>
    markDelivered(userId, conversationId, seq),
  ),
  'message.read': inline(readSchema.safeExtend(byId.shape), ({ userId }, { conversationId, seq }) =>
    markRead(userId, conversationId, seq),
  ),
  'message.unread': inline(unreadSchema.safeExtend(byId.shape), ({ userId }, { conversationId, seq }) =>
    markUnread(userId, conversationId, seq),
  ),
};
