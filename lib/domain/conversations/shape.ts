import { type HeaderRow, headersOf, type PinsRow, pinsRowOf, type Reading } from '@/lib/domain/conversations/headers';
import type { ConversationKind } from '@/lib/domain/conversations/kinds';
import { fromStored } from '@/lib/domain/conversations/member-settings';
import { mayOf } from '@/lib/domain/conversations/permissions';
import type { Conversation, Membership, Pins } from '@/lib/domain/conversations/schema';
import type { Message } from '@/lib/domain/messages/schema';
import { shapeMessages } from '@/lib/domain/messages/shape';
import { facesOf, toRole } from '@/lib/domain/participants/shape';
import { imageUrl } from '@/lib/domain/users/shape';
import { notFound } from '@/lib/platform/errors/error';

/**
 * Conversations as one reader sees them, in the order of ids, in a fixed number of statements. A public group that the reader is
 * not in comes as its preview. Deleted conversations and those that the reader may not see are left out.
 */
export async function shapeConversations(ids: string[], readerId: string): Promise<Conversation[]> {
  const shaped = await shape(
    ids.map((conversationId) => ({ conversationId, readerId })),
    readerId,
  );
  return shaped.map(({ conversation }) => conversation);
}

/**
 * One conversation as its reader sees it.
 * @throws NOT_FOUND
 */
export async function shapeConversation(id: string, readerId: string): Promise<Conversation> {
  return only(await shapeConversations([id], readerId));
}

/** The conversation for an event to everybody in it: without `me`, which differs between readers. */
export async function shapeForEverybody(id: string): Promise<Conversation> {
  const shaped = await shape([{ conversationId: id, readerId: null }], null);
  return only(shaped.map(({ conversation }) => conversation));
}

/** The conversation for each of several people who are in it; others are left out. */
export async function shapeForEach(id: string, userIds: string[]): Promise<{ userId: string; conversation: Conversation }[]> {
  const shaped = await shape(
    userIds.map((readerId) => ({ conversationId: id, readerId })),
    null,
  );
  return shaped.flatMap(({ readerId, conversation }) =>
    readerId && conversation.me ? { userId: readerId, conversation } : [],
  );
}

/** The memberships of those of these people who are in it. */
export async function membershipsOf(id: string, userIds: string[]): Promise<{ userId: string; me: Membership }[]> {
  const headers = await headersOf(userIds.map((readerId) => ({ conversationId: id, readerId })));
  return headers.flatMap((header) => {
    const me = toMembership(header);
    return me && header.readerId ? [{ userId: header.readerId, me }] : [];
  });
}

/** What is pinned in the conversation, for an event to everybody in it. */
export async function pinsOf(id: string): Promise<Pins> {
  const row = await pinsRowOf(id);
  if (!row) throw notFound();
  const [latest = null] = row.lastPinId ? await shapeMessages([row.lastPinId], null) : [];
  return toPins(row, latest);
}

interface Shaped {
  readerId: string | null;
  conversation: Conversation;
}

/** @param messageReaderId the reader for whom last messages have `mine`; null in events */
async function shape(readings: Reading[], messageReaderId: string | null): Promise<Shaped[]> {
  if (readings.length === 0) return [];
  const headers = await headersOf(readings);
  const ids = [...new Set(headers.map((header) => header.id))];
  const [faces, messages] = await Promise.all([facesOf(ids), messagesOf(headers.filter(showsMessage), messageReaderId)]);
  return headers.map((header) => {
    const lastMessage = (showsMessage(header) && messages.get(header.lastMessageId ?? '')) || null;
    const pins = showsMessage(header) ? toPins(header, messages.get(header.lastPinId ?? '')) : null;
    const participants = faces.get(header.id) ?? [];
    const me = header.readerId === null ? {} : { me: toMembership(header) };
    return {
      readerId: header.readerId,
      conversation: {
        ...toHeader(header),
        ...{ lastMessage, pins, participantCount: header.participantCount, participants, ...me },
      },
    };
  });
}

const showsMessage = (header: HeaderRow) => header.readerId === null || header.role !== null;

/** The messages that headers show: the last one, and the one that was pinned last. */
async function messagesOf(headers: HeaderRow[], readerId: string | null): Promise<Map<string, Message>> {
  const ids = new Set(headers.flatMap(({ lastMessageId, lastPinId }) => [lastMessageId ?? [], lastPinId ?? []].flat()));
  if (ids.size === 0) return new Map();
  const messages = await shapeMessages([...ids], readerId);
  return new Map(messages.map((message) => [message.id, message]));
}

const toPins = ({ pinCount, pinVersion }: PinsRow, latest: Message | null = null): Pins => ({
  ...{ count: pinCount, latest, version: pinVersion },
});

function toHeader(row: HeaderRow) {
  return {
    id: row.id,
    kind: row.kind.toLowerCase() as ConversationKind,
    name: row.name,
    description: row.description,
    visibility: row.visibility === 'PUBLIC' ? ('public' as const) : ('private' as const),
    image: imageUrl(row.imageId),
    createdAt: row.createdAt.toISOString(),
    createdById: row.createdById,
    lastSeq: row.lastSeq,
    lastRev: row.lastRev,
  };
}

function toMembership(row: HeaderRow): Membership | null {
  if (row.role === null || row.joinedAt === null) return null;
  return {
    role: toRole(row.role),
    joinedAt: row.joinedAt.toISOString(),
    lastReadSeq: row.lastReadSeq,
    unreadCount: row.unreadCount,
    mentionCount: row.mentionCount,
    ...fromStored(row),
    draft: row.draft,
    readVersion: row.readVersion,
    draftVersion: row.draftVersion,
    may: mayOf({ conversation: row, participant: { role: row.role } }),
  };
}

function only(conversations: Conversation[]): Conversation {
  const [conversation] = conversations;
  if (!conversation) throw notFound();
  return conversation;
}
