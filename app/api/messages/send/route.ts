import { z } from 'zod';
import { sendMessage } from '@/lib/domain/messages/message';
import { type Message, sendMessageSchema } from '@/lib/domain/messages/schema';
import { created, route } from '@/lib/doors/rest/route';
import { parse } from '@/lib/platform/errors/error';
import { idSchema } from '@/lib/platform/validation/schema';

/** An older client's path: `messageText` is the content, and its `messageType` is ignored. */
export const POST = route(
  async ({ userId, body }) => {
    const { conversationId, messageText, attachmentUrl: _, ...rest } = await body(placeSchema);
    const input = parse(sendMessageSchema, messageText === undefined ? rest : { ...rest, content: messageText });
    const { message, again } = await sendMessage(userId, conversationId, input);
    const answer = { message, status: 'success', data: { message: asOlder(message) } };
    return again ? answer : created(answer);
  },
  { limit: false },
);

const placeSchema = z.looseObject({
  conversationId: idSchema,
  messageText: z.unknown().optional(),
  // Stored without its file, the message would not be what its sender sees.
  attachmentUrl: z.union([z.null(), z.literal('')], 'Send files through /api/uploads and attachmentIds.').optional(),
});

/** What such a client takes for a sign that it was stored: without it, it reports a failure, and its user sends it again. */
const asOlder = ({ id, sender, content, type, createdAt }: Message) => ({
  ...{ id, senderId: sender.id, text: content, messageType: type, attachmentUrl: null, attachmentFileName: null },
  ...{ isRead: false, timestamp: createdAt, createdAt },
});
