import { listMessages, sendMessage } from '@/lib/domain/messages/message';
import { historySchema, sendMessageSchema } from '@/lib/domain/messages/schema';
import { created, id, route } from '@/lib/doors/rest/route';

export const GET = route(({ userId, params, query }) => listMessages(userId, id(params.id), query(historySchema)));

export const POST = route(
  async ({ userId, params, body }) => {
    const { message, again } = await sendMessage(userId, id(params.id), await body(sendMessageSchema));
    return again ? { message } : created({ message });
  },
  { limit: false },
);
