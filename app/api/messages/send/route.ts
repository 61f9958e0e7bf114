import { z } from 'zod';
import { parse } from '@/lib/errors/error';
import { idSchema } from '@/lib/ids/schema';
import { sendMessage } from '@/lib/messages/message';
import { sendMessageSchema } from '@/lib/messages/schema';
import { created, route } from '@/lib/rest/route';

/** An older client's path: `messageText` is the content, and its `messageType` is ignored. */
export const POST = route(
  async ({ userId, body }) => {
    const { conversationId, messageText, ...rest } = await body(placeSchema);
    const input = parse(sendMessageSchema, messageText === undefined ? rest : { ...rest, content: messageText });
    const { message, again } = await sendMessage(userId, conversationId, input);
    return again ? { message } : created({ message });
  },
  { limit: false },
);

const placeSchema = z.looseObject({ conversationId: idSchema, messageText: z.unknown().optional() });
