import { createGroup, listConversations } from '@/lib/domain/conversations/conversation';
import { type Conversation, createGroupSchema, listConversationsSchema } from '@/lib/domain/conversations/schema';
import { sendMessage } from '@/lib/domain/messages/message';
import { type Message, sendMessageSchema } from '@/lib/domain/messages/schema';
import { prisma } from '@/lib/platform/db/prisma';
import type { ParleyError } from '@/lib/platform/errors/error';
import type { ErrorCode } from '@/lib/platform/errors/schema';
import { createPerson, type Person } from '@/tests/support/people';

interface Team {
  ada: Person;
  grace: Person;
  linus: Person;
  mallory: Person;
}

/** New people for one test. Mallory is in no conversation. */
export async function team(): Promise<Team> {
  const ada = await createPerson({ name: 'Ada Lovelace' });
  const grace = await createPerson({ name: 'Grace Hopper' });
  const linus = await createPerson({ name: 'Linus Torvalds' });
  const mallory = await createPerson({ name: 'Mallory Outsider' });
  return { ada, grace, linus, mallory };
}

export function makeGroup(maker: Person, members: Person[] = [], input: object = {}): Promise<Conversation> {
  const body = { kind: 'group', name: 'Compilers', memberIds: members.map((member) => member.id), ...input };
  return createGroup(maker.id, createGroupSchema.parse(body));
}

export async function say(sender: Person, conversationId: string, content: string): Promise<Message> {
  const { message } = await sendMessage(sender.id, conversationId, sendMessageSchema.parse({ content }));
  return message;
}

/** An upload that is not attached to a message. */
export async function createImage(uploader: Person, mimeType = 'image/png'): Promise<string> {
  const data = { uploaderId: uploader.id, name: 'picture.png', size: 1, mimeType };
  const { id } = await prisma().attachment.create({ data, select: { id: true } });
  return id;
}

/** @returns the error code of the refusal, or null if there was none */
export async function refusalOf(work: Promise<unknown>): Promise<ErrorCode | null> {
  return work.then(
    () => null,
    (error: ParleyError) => error.code ?? error,
  );
}

/** The first page of a person's conversations. */
export const listFor = (person: Person, query: object = {}) =>
  listConversations(person.id, listConversationsSchema.parse(query));

export const idsFor = async (person: Person) => (await listFor(person)).conversations.map((conversation) => conversation.id);
