import type { Message, MessagePage } from '@/lib/domain/messages/schema';
import type { Sender } from '@/lib/domain/users/schema';
import { type SenderRow, senderJson, toSender } from '@/lib/domain/users/shape';
import { run } from '@/lib/platform/db/sql';

/**
 * Completes a page from a cache, or one that was read without a reader. A `rev` covers the messages, but neither the current
 * names and pictures of the people in them, nor the reader's own reactions.
 */
export async function personalizePage(page: MessagePage, readerId: string): Promise<MessagePage> {
  const { messages } = page;
  const reactedTo = messages.filter(({ reactions }) => reactions.length > 0).map(({ id }) => id);
  const [row] = await run<ReaderRow>('messages.reader', readerText, [
    [...new Set(messages.flatMap(peopleOf))],
    readerId,
    reactedTo,
  ]);
  const people = new Map(row?.people?.map((person) => [person.id, toSender(person)]));
  const mine = new Set(row?.mine?.map(([messageId, emoji]) => messageId + emoji));
  return { ...page, messages: messages.map((message) => completed(message, people, mine)) };
}

interface ReaderRow {
  people: SenderRow[] | null;
  mine: [messageId: string, emoji: string][] | null;
}

function peopleOf({ sender, replyTo, pinnedBy, type, metadata }: Message): string[] {
  const named = type === 'system' ? Object.keys(namesIn(metadata)) : [];
  return [sender.id, ...[replyTo?.sender, pinnedBy].flatMap((person) => person?.id ?? []), ...named];
}

function completed(message: Message, people: Map<string, Sender>, mine: Set<string>): Message {
  const now = (person: Sender) => people.get(person.id) ?? person;
  const { id, sender, replyTo, pinnedBy, reactions } = message;
  return {
    ...message,
    sender: now(sender),
    pinnedBy: pinnedBy && now(pinnedBy),
    replyTo: replyTo && { ...replyTo, sender: now(replyTo.sender) },
    metadata: message.type === 'system' ? renamed(message.metadata, people) : message.metadata,
    reactions: reactions.map((reaction) => ({ ...reaction, mine: mine.has(id + reaction.emoji) })),
  };
}

const namesIn = (metadata: Message['metadata']) => (metadata?.names ?? {}) as Record<string, string>;

/** The metadata of a system message, with the current names of the people in it. */
function renamed(metadata: Message['metadata'], people: Map<string, Sender>): Message['metadata'] {
  if (!metadata?.names) return metadata;
  const names = Object.entries(namesIn(metadata)).map(([id, name]) => [id, people.get(id)?.name ?? name]);
  return { ...metadata, names: Object.fromEntries(names) };
}

const readerText = `
  SELECT (SELECT json_agg(${senderJson('u')}) FROM "User" u WHERE u.id = ANY ($1::uuid[])) AS people,
    (SELECT json_agg(json_build_array(r."messageId", r.emoji)) FROM "Reaction" r
      WHERE r."userId" = $2 AND r."messageId" = ANY ($3::uuid[])) AS mine`;
