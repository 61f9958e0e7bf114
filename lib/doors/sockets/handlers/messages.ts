import { type SendAck, sendAckSchema } from '@/lib/domain/messages/schema';
import { answerOf } from '@/lib/domain/operation';
import { operations } from '@/lib/domain/operations';
import type { RequestEntry } from '@/lib/doors/sockets/request';
import { clientMessageIdSchema } from '@/lib/platform/validation/schema';

const send = operations['message.send'];

/** The client's id is required by socket, because a retry without it would store a second message. */
const input = send.input.safeExtend({ clientMessageId: clientMessageIdSchema });

/** The ack leaves out what the sender has sent. */
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
