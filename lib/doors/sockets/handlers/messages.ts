import { type SendAck, sendAckSchema } from '@/lib/domain/messages/schema';
import { answerOf } from '@/lib/domain/operation';
import { operations } from '@/lib/domain/operations';
import type { RequestEntry } from '@/lib/doors/sockets/request';
import { clientMessageIdSchema } from '@/lib/platform/validation/schema';

const send = operations['message.send'];

/** Without the client's own id, a retry would be another message. */
const input = send.input.safeExtend({ clientMessageId: clientMessageIdSchema });

/** The sender has what it sent: the ack says only what became of it. */
const sendRequest: RequestEntry<SendAck, typeof input> = {
  ...send,
  input,
  answer: sendAckSchema,
  handle: async (caller, given) => {
    const { message } = answerOf(await send.run(caller, given));
    const { clientMessageId, id: messageId, seq, rev, createdAt } = message;
    return { clientMessageId, messageId, seq, rev, createdAt, status: 'sent' };
  },
};

export const messageRequests = { 'message.send': sendRequest };
