import { randomUUID } from 'node:crypto';
import { draftSystemMessage } from '@/lib/domain/messages/draft';
import { sendMessage } from '@/lib/domain/messages/message';
import type { Message, SendMessageInput, SystemMetadata } from '@/lib/domain/messages/schema';
import { sendMessageSchema } from '@/lib/domain/messages/schema';
import { append } from '@/lib/domain/messages/writer';
import type { Person } from '@/tests/support/people';

/** Sends as the doors do: through the schema. */
export async function say(
  sender: Person,
  conversationId: string,
  content: string,
  more: Partial<SendMessageInput> = {},
): Promise<Message> {
  const { message } = await sendMessage(sender.id, conversationId, sendMessageSchema.parse({ content, ...more }));
  return message;
}

/** What a conversation says of itself. */
export async function postSystemMessage(conversationId: string, actorId: string, metadata: SystemMetadata): Promise<Message> {
  const stored = await append(draftSystemMessage(conversationId, actorId, metadata, randomUUID()));
  if (stored.again) throw new Error('It was there before.');
  return stored.message;
}

/** Several of one person's, one after another. */
export async function sayMany(sender: Person, conversationId: string, count: number): Promise<Message[]> {
  const messages: Message[] = [];
  for (let n = 1; n <= count; n += 1) messages.push(await say(sender, conversationId, `Message ${n}`));
  return messages;
}

/** What a refusal says: the code of the error that the promise rejects with. */
export async function codeOf(attempt: Promise<unknown>): Promise<string> {
  const error = await attempt.then(
    () => ({ code: 'none: it was allowed' }),
    (refusal: { code: string }) => refusal,
  );
  return error.code;
}
