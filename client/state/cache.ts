import type { QueryClient } from '@tanstack/react-query';
import { keys } from '@/client/api/keys';
import { applyEvent } from '@/client/state/reducer';
import type { ChatEvent, ChatState, MessageWindow } from '@/client/state/state';
import { showsTo } from '@/lib/domain/conversations/kinds';
import type { Conversation, ConversationPage } from '@/lib/domain/conversations/schema';
import type { Participant } from '@/lib/domain/participants/schema';
import type { Me } from '@/lib/domain/users/schema';

/** The reducer's state is in the query cache: this module reads it, and writes back the changes. */

export function dispatch(client: QueryClient, event: ChatEvent): void {
  change(client, (state) => applyEvent(state, event));
}

export function change(client: QueryClient, reduce: (state: ChatState) => ChatState): void {
  const before = readState(client);
  const after = reduce(before);
  if (after !== before) writeState(client, before, after);
}

export const readWindow = (client: QueryClient, conversationId: string) =>
  client.getQueryData<MessageWindow>(keys.messages(conversationId));

export const writeWindow = (client: QueryClient, conversationId: string, window: MessageWindow) =>
  client.setQueryData<MessageWindow>(keys.messages(conversationId), window);

export function changeWindow(client: QueryClient, conversationId: string, apply: (window: MessageWindow) => MessageWindow) {
  client.setQueryData<MessageWindow>(keys.messages(conversationId), (window) => (window ? apply(window) : window));
}

export const readRoster = (client: QueryClient, conversationId: string) =>
  client.getQueryData<Participant[]>(keys.roster(conversationId));

export const writeRoster = (client: QueryClient, conversationId: string, roster: Participant[]) =>
  client.setQueryData<Participant[]>(keys.roster(conversationId), roster);

export function readConversation(client: QueryClient, id: string): Conversation | undefined {
  const listed = client.getQueryData<ConversationPage>(keys.conversations)?.conversations.find((one) => one.id === id);
  return listed ?? client.getQueryData<Conversation>(keys.conversation(id));
}

export const readMe = (client: QueryClient) => client.getQueryData<Me>(keys.me)?.id ?? '';

function readState(client: QueryClient): ChatState {
  const listed = client.getQueryData<ConversationPage>(keys.conversations)?.conversations ?? [];
  const single = all<Conversation>(client, 'conversation').map(([, conversation]) => conversation);
  const ids = new Set(listed.map(({ id }) => id));
  return {
    me: readMe(client),
    conversations: [...listed, ...single.filter(({ id }) => !ids.has(id))],
    windows: Object.fromEntries(all<MessageWindow>(client, 'messages')),
    rosters: Object.fromEntries(all<Participant[]>(client, 'roster')),
  };
}

function writeState(client: QueryClient, before: ChatState, after: ChatState): void {
  if (after.conversations !== before.conversations) writeConversations(client, after);
  for (const id of new Set([...Object.keys(before.windows), ...Object.keys(after.windows)]))
    write(client, keys.messages(id), before.windows[id], after.windows[id]);
  for (const id of new Set([...Object.keys(before.rosters), ...Object.keys(after.rosters)]))
    write(client, keys.roster(id), before.rosters[id], after.rosters[id]);
}

/** Conversations that the list does not show yet are left out. */
function writeConversations(client: QueryClient, { conversations, me }: ChatState): void {
  const mine = (conversation: Conversation) => Boolean(conversation.me) && showsTo(me, conversation);
  const listed = conversations.filter(mine);
  const ids = new Set(conversations.map(({ id }) => id));
  client.setQueryData<ConversationPage>(keys.conversations, (page) => ({ nextCursor: null, ...page, conversations: listed }));
  for (const conversation of conversations)
    if (!mine(conversation)) client.setQueryData<Conversation>(keys.conversation(conversation.id), conversation);
  for (const [id] of all<Conversation>(client, 'conversation'))
    if (!ids.has(id)) client.removeQueries({ queryKey: keys.conversation(id), exact: true });
}

function write(client: QueryClient, key: readonly string[], before: unknown, after: unknown): void {
  if (before === after) return;
  if (after === undefined) client.removeQueries({ queryKey: key, exact: true });
  else client.setQueryData(key, after);
}

function all<Data>(client: QueryClient, noun: string): [string, Data][] {
  return client
    .getQueriesData<Data>({ queryKey: [noun] })
    .flatMap(([key, data]) => (data === undefined || typeof key[1] !== 'string' ? [] : [[key[1], data] as [string, Data]]));
}
