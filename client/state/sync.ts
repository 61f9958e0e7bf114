import type { QueryClient } from '@tanstack/react-query';
import { api } from '@/client/api/api';
import { keys } from '@/client/api/keys';
import { keepSeen } from '@/client/receipts/seen';
import { takeConversation } from '@/client/socket/answers';
import { request } from '@/client/socket/socket';
import { change, changeWindow, readConversation, readMe, readWindow, writeWindow } from '@/client/state/cache';
import { mergeConversation, sortConversations } from '@/client/state/header';
import { fetchConversation, fetchWindow } from '@/client/state/history';
import { isBehind } from '@/client/state/state';
import { applyChanges } from '@/client/state/window';
import type { Conversation, ConversationPage } from '@/lib/domain/conversations/schema';

/** Changes may overtake each other: a gap has this long to close by itself. */
export const gapClosesMs = 1_000;
export const headsEveryMs = 30_000;

/**
 * Loads the whole list after every connect, because events may have been missed.
 * @param replace drops what is known of a conversation, unless an event changed it during the request
 */
export async function refreshConversations(client: QueryClient, { replace = false } = {}): Promise<void> {
  const before = new Map(listed(client).map((conversation) => [conversation.id, conversation]));
  const fetched: Conversation[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
    const page: ConversationPage = await api.get<ConversationPage>(`/api/conversations?limit=100${query}`);
    fetched.push(...page.conversations);
    cursor = page.nextCursor;
  } while (cursor);
  const ids = new Set(fetched.map(({ id }) => id));
  change(client, (state) => {
    const merged = fetched.map((conversation) => {
      const known = state.conversations.find(({ id }) => id === conversation.id);
      const asked = before.get(conversation.id);
      return replace && known === asked ? conversation : mergeConversation(known, conversation, asked);
    });
    // Conversations that arrived during the request, and open ones that are not in the list.
    const rest = state.conversations.filter(({ id }) => !ids.has(id) && !before.has(id));
    return { ...state, conversations: sortConversations([...merged, ...rest]) };
  });
  client.setQueryData<ConversationPage>(keys.conversations, (page) => page && { ...page, nextCursor: null });
  for (const { id } of fetched) keepSeen(client, id);
}

/** Loads all changes since the window's rev. */
export function catchUp(client: QueryClient, conversationId: string): Promise<void> {
  const running = catching.get(conversationId) ?? follow(client, conversationId).finally(() => catching.delete(conversationId));
  catching.set(conversationId, running);
  return running;
}

/** Compares the heads of all conversations: a lost event may have no later one that reveals it. */
export async function compareHeads(client: QueryClient): Promise<void> {
  const { heads } = await request('conversation.heads', {});
  const known = new Map(listed(client).map((conversation) => [conversation.id, conversation]));
  const different = heads.filter((head) => {
    const conversation = known.get(head.conversationId);
    return !conversation || conversation.lastRev < head.lastRev || conversation.me?.lastReadSeq !== head.lastReadSeq;
  });
  const gone = heads.length > 0 && [...known.keys()].some((id) => !heads.some((head) => head.conversationId === id));
  if (gone || different.length > 5) await refreshConversations(client);
  else await Promise.all(different.map((head) => fetchConversation(client, head.conversationId)));
}

async function follow(client: QueryClient, conversationId: string): Promise<void> {
  for (;;) {
    const window = readWindow(client, conversationId);
    const before = readConversation(client, conversationId);
    if (!window || !isBehind(window, before)) return;
    const page = await request('message.changes', { conversationId, since: window.rev, limit: 1_000 });
    if (page.reset) writeWindow(client, conversationId, await fetchWindow(client, conversationId));
    else changeWindow(client, conversationId, (now) => applyChanges(now, page, readMe(client)));
    takeConversation(client, page.conversation, before);
    if (page.reset || !page.more) return;
  }
}

const listed = (client: QueryClient) => client.getQueryData<ConversationPage>(keys.conversations)?.conversations ?? [];

const catching = new Map<string, Promise<void>>();
