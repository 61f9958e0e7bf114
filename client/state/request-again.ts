import type { Query, QueryClient } from '@tanstack/react-query';
import { api } from '@/client/api/api';
import { keys } from '@/client/api/keys';
import { changeWindow, readMe } from '@/client/state/cache';
import { loadLatest } from '@/client/state/history';
import { rejoin } from '@/client/state/open';
import { refreshConversations } from '@/client/state/sync';
import { replaceMessage } from '@/client/state/window';
import type { Message, MessagePage } from '@/lib/domain/messages/schema';

/**
 * Requests anew what a failed part of the page may have rendered, because the cached answers would fail again: the lists that are
 * shown, the conversations, and the members of the open one. What is not shown is removed from the cache, so it is requested when
 * it is shown again. The loaded history stays: replacing it would scroll a timeline that has not failed.
 */
export async function requestAgain(client: QueryClient): Promise<void> {
  client.removeQueries({ predicate: (query) => query.getObserversCount() === 0 });
  await Promise.allSettled([
    client.refetchQueries({ type: 'active', predicate: (query) => !isLive(query) }),
    // One after the other: what the second one changes would count as changed during the request of the first.
    refreshConversations(client, { replace: true }).then(() => rejoin(client, { replace: true })),
  ]);
}

/** As `requestAgain`, for a failed timeline: its history, too. */
export async function requestHistoryAgain(client: QueryClient, conversationId: string): Promise<void> {
  await requestAgain(client);
  await loadLatest(client, conversationId);
}

/** Requests one message anew, for a failed row or picture. The rest of the history stays as it is. */
export async function requestMessageAgain(client: QueryClient, { id, conversationId }: Message): Promise<void> {
  const path = `/api/conversations/${conversationId}/messages?around=${id}&limit=1`;
  const { messages } = await api.get<MessagePage>(path);
  const message = messages.find((one) => one.id === id);
  if (message) changeWindow(client, conversationId, (window) => replaceMessage(window, message, readMe(client)));
}

/** Events change these, and refetching would overwrite what they changed during the request. */
const isLive = ({ queryKey: [noun] }: Query) => liveNouns.has(`${noun}`);
const liveNouns = new Set<string>(
  [keys.conversations, keys.conversation(''), keys.messages(''), keys.roster('')].map(([noun]) => noun),
);
