import { z } from 'zod';
import type { Message } from '@/lib/domain/messages/schema';
import { rest } from '@/lib/doors/rest/rest';
import { parse } from '@/lib/platform/errors/error';
import { idSchema } from '@/lib/platform/validation/schema';

/** The path of older clients. `messageText` is the content; `messageType` is ignored. */
export const POST = rest('message.send', {
  input: (given) => {
    const { messageText, attachmentUrl: _, ...input } = parse(olderSchema, given);
    return messageText === undefined ? input : { ...input, content: messageText };
  },
  answer: ({ message }) => ({ message, status: 'success', data: { message: asOlder(message) } }),
});

const olderSchema = z.looseObject({
  conversationId: idSchema,
  messageText: z.unknown().optional(),
  // Refused, because the message would be stored without the file that its sender sees.
  attachmentUrl: z.union([z.null(), z.literal('')], 'Send files through /api/uploads and attachmentIds.').optional(),
});

/** The shape that older clients expect. Without it they report a failure, and people send the message again. */
const asOlder = ({ id, sender, content, type, createdAt }: Message) => ({
  ...{ id, senderId: sender.id, text: content, messageType: type, attachmentUrl: null, attachmentFileName: null },
  ...{ isRead: false, timestamp: createdAt, createdAt },
});
