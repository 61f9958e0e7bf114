import { type ChatState, type MessageWindow, windowOf } from '@/client/state/state';
import type { Conversation } from '@/lib/domain/conversations/schema';
import { emptyParts } from '@/lib/domain/messages/empty-parts';
import type { Message, SendAck } from '@/lib/domain/messages/schema';
import type { Participant } from '@/lib/domain/participants/schema';
import type { User } from '@/lib/domain/users/schema';

/** A small cast, in the shapes of the server. */

export const ada = person('ada', 'Ada Lovelace');
export const grace = person('grace', 'Grace Hopper');
export const roomId = '00000000-0000-7000-8000-000000000001';

export function person(handle: string, name: string): User {
  return { id: `id-${handle}`, name, handle, image: null, status: 'offline', statusText: '', lastSeenAt: null };
}

/** The permissions of a member of a private group. */
export const memberMay = {
  send: true,
  pin: true,
  invite: false,
  edit: false,
  delete: false,
  leave: true,
  removePeople: false,
  setRoles: false,
  deleteMessages: false,
};

/** Ids sort by their numbers, like the server's by time. */
export const idOf = (number: number) => `00000000-0000-7000-9000-${String(number).padStart(12, '0')}`;

export function message(number: number, changes: Partial<Message> = {}): Message {
  const { id, name, handle, image } = grace;
  return {
    id: idOf(number),
    conversationId: roomId,
    seq: number,
    rev: number,
    sender: { id, name, handle, image },
    clientMessageId: `client-${number}`,
    type: 'text',
    content: `message ${number}`,
    metadata: null,
    ...emptyParts,
    createdAt: new Date(1_800_000_000_000 + number * 1_000).toISOString(),
    editedAt: null,
    deletedAt: null,
    ...changes,
  };
}

export function participant(user: User, changes: Partial<Participant> = {}): Participant {
  return {
    user,
    role: 'member',
    joinedAt: '2026-11-01T00:00:00.000Z',
    leftAt: null,
    lastReadSeq: 0,
    lastReadAt: null,
    lastDeliveredSeq: 0,
    ...changes,
  };
}

export function room(messages: Message[] = [], changes: Partial<Conversation> = {}): Conversation {
  const last = messages.findLast(({ type }) => type !== 'system') ?? null;
  return {
    id: roomId,
    kind: 'group',
    name: 'Engine room',
    description: '',
    visibility: 'private',
    image: null,
    createdAt: '2026-11-01T00:00:00.000Z',
    createdById: ada.id,
    lastSeq: last?.seq ?? 0,
    lastRev: Math.max(0, ...messages.map(({ rev }) => rev)),
    lastMessage: last,
    pins: { count: 0, latest: null, version: 0 },
    participantCount: 2,
    participants: [participant(ada), participant(grace)],
    me: {
      role: 'member',
      joinedAt: '2026-11-01T00:00:00.000Z',
      lastReadSeq: last?.seq ?? 0,
      unreadCount: 0,
      mentionCount: 0,
      notify: 'all',
      draft: '',
      readVersion: 0,
      draftVersion: 0,
      may: memberMay,
    },
    ...changes,
  };
}

export function wholeWindow(messages: Message[], changes: Partial<MessageWindow> = {}): MessageWindow {
  const rev = Math.max(0, ...messages.map((one) => one.rev));
  return { ...windowOf({ messages, prevCursor: null, nextCursor: null, hasMore: false }, rev), ...changes };
}

/** The state of Ada's browser, with the whole room loaded. */
export function stateOf(messages: Message[] = [], changes: Partial<Conversation> = {}): ChatState {
  return { me: ada.id, conversations: [room(messages, changes)], windows: { [roomId]: wholeWindow(messages) }, rosters: {} };
}

/** The server's answer to the sender. */
export const stored: SendAck = {
  ...{ clientMessageId: 'client-1', messageId: idOf(1), seq: 1, rev: 1 },
  ...{ createdAt: '2026-11-01T00:00:00.000Z', status: 'sent' },
};
