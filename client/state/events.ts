import type { QueryClient } from '@tanstack/react-query';
import { keys } from '@/client/api/keys';
import { settle } from '@/client/outbox/outbox';
import { noteDelivered } from '@/client/receipts/delivered';
import { confirmRead, isWatchingEnd, keepSeen, noteSeen } from '@/client/receipts/seen';
import type { ClientSocket } from '@/client/socket/socket';
import { dispatch, readConversation, readMe } from '@/client/state/cache';
import { fetchConversation } from '@/client/state/history';
import { serverEventNames } from '@/client/state/reducer';
import { rename } from '@/client/state/slices/people';
import type { ChatEvent } from '@/client/state/state';
import { gapClosesMs } from '@/client/state/sync';
import { setTyping } from '@/client/typing/typists';
import type { ServerPayloads } from '@/lib/domain/contract';
import type { Me, UserPage } from '@/lib/domain/users/schema';

type Handlers = { [Name in keyof ServerPayloads]?: (payload: ServerPayloads[Name]) => void };

/** Effects of events besides, or instead of, the reducer. */
const effects: (client: QueryClient) => Handlers = (client) => ({
  'message.received': (payload) => receive(client, payload),
  'message.edited': (payload) => takeEdit(client, payload),
  'read.updated': (payload) => takeRead(client, payload),
  'conversation.created': (payload) => introduce(client, payload),
  'user.updated': (payload) => takeUser(client, payload),
  'me.updated': ({ user }) => void client.setQueryData<Me>(keys.me, user),
  'typing.user': ({ conversationId, userId, name, isTyping }) => setTyping(conversationId, { userId, name }, isTyping),
});

/** Passes every event of the server to the reducer. */
export function listen(client: QueryClient, socket: ClientSocket): void {
  // Socket.IO's own types cannot express a table of handlers.
  const on = socket.on.bind(socket) as unknown as (name: string, handler: unknown) => void;
  const handlers: Record<string, unknown> = effects(client);
  for (const name of serverEventNames)
    on(name, handlers[name] ?? ((payload: never) => dispatch(client, { name, payload } as ChatEvent)));
}

function receive(client: QueryClient, payload: ServerPayloads['message.received']): void {
  const { conversationId, messages } = payload;
  const before = readConversation(client, conversationId);
  dispatch(client, { name: 'message.received', payload });
  const me = readMe(client);
  const own = new Set(messages.filter(({ sender }) => sender.id === me).map(({ clientMessageId }) => clientMessageId));
  if (own.size > 0) settle((outgoing) => outgoing.conversationId === conversationId && own.has(outgoing.clientMessageId));
  for (const { sender } of messages) setTyping(conversationId, { userId: sender.id, name: sender.name }, false);
  const conversation = readConversation(client, conversationId);
  if (!conversation) void fetchConversation(client, conversationId).catch(() => undefined);
  const last = messages.filter(({ type }) => type !== 'system').at(-1);
  if (!conversation || !last) return;
  if (before && last.seq > before.lastSeq + messages.length) askAboutGap(client, conversationId);
  if (last.sender.id === me) return;
  if (isWatchingEnd(conversationId)) noteSeen(client, conversationId, last.seq);
  else noteDelivered(conversation, last.seq);
}

/** The list of pinned messages shows them as they are now. Other changes of it have a version, which requests it anew. */
function takeEdit(client: QueryClient, payload: ServerPayloads['message.edited']): void {
  dispatch(client, { name: 'message.edited', payload });
  const { pinnedAt, conversationId } = payload.message;
  if (pinnedAt) void client.invalidateQueries({ queryKey: keys.shared(conversationId, 'pins') });
}

function takeRead(client: QueryClient, payload: ServerPayloads['read.updated']): void {
  confirmRead(client, payload);
  dispatch(client, { name: 'read.updated', payload });
  keepSeen(client, payload.conversationId);
}

/** The person's own devices, and loaded lists of people, show the user too. */
function takeUser(client: QueryClient, payload: ServerPayloads['user.updated']): void {
  dispatch(client, { name: 'user.updated', payload });
  client.setQueryData<Me>(keys.me, (me) => me && rename(me, payload.user));
  client.setQueriesData<UserPage>(
    { queryKey: keys.allUsers },
    (page) =>
      page && {
        ...page,
        users: page.users.map((one) => rename(one, payload.user)),
      },
  );
}

/**
 * The event precedes the conversation's first message and already counts it as unread. A reader who has the empty conversation
 * open sees the message arrive.
 */
function introduce(client: QueryClient, payload: ServerPayloads['conversation.created']): void {
  const { conversation } = payload;
  const known = readConversation(client, conversation.id)?.me;
  const { me } = conversation;
  const seen = known && me && isWatchingEnd(conversation.id) ? { me: { ...me, unreadCount: known.unreadCount } } : {};
  dispatch(client, { name: 'conversation.created', payload: { conversation: { ...conversation, ...seen } } });
}

/** Messages are missing before this one. Their authors decide what is unread, so the server's numbers are needed. */
function askAboutGap(client: QueryClient, conversationId: string): void {
  setTimeout(() => void fetchConversation(client, conversationId).catch(() => undefined), gapClosesMs);
}
