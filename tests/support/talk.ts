import { randomUUID } from 'node:crypto';
import { draftSystemMessage } from '@/lib/domain/messages/draft';
import { sendMessage } from '@/lib/domain/messages/message';
import type { Message, SendMessageInput, SystemMetadata } from '@/lib/domain/messages/schema';
import { sendMessageSchema } from '@/lib/domain/messages/schema';
import { append } from '@/lib/domain/messages/writer';
import type { Person } from '@/tests/support/people';

/** Sends a message like the doors: parses the input with the schema. */
export async function say(
  sender: Person,
  conversationId: string,
  content: string,
  more: Partial<SendMessageInput> = {},
): Promise<Message> {
  const { message } = await sendMessage(sender.id, conversationId, sendMessageSchema.parse({ content, ...more }));
  return message;
}

/** The conversation's header row. */
export async function postSystemMessage(conversationId: string, actorId: string, metadata: SystemMetadata): Promise<Message> {
  const stored = await append(draftSystemMessage(conversationId, actorId, metadata, randomUUID()));
  if (stored.again) throw new Error('It was there before.');
  return stored.message;
}

/** Sends several messages of one person, one after another. */
export async function sayMany(sender: Person, conversationId: string, count: number): Promise<Message[]> {
  const messages: Message[] = [];
  for (let n = 1; n <= count; n += 1) messages.push(await say(sender, conversationId, `Message ${n}`));
  return messages;
}

/** The error code that the promise rejects with. */
export async function codeOf(attempt: Promise<unknown>): Promise<string> {
  const error = await attempt.then(
    () => ({ code: 'none: it was allowed' }),
    (refusal: { code: string }) => refusal,
  );
  return error.code;
}
