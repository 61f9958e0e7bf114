'use client';

import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useCallback, useEffect } from 'react';
import { keys } from '@/client/api/keys';
import { drainAll, guardUnsent, openOutbox } from '@/client/outbox/outbox';
import { noteAllDelivered } from '@/client/receipts/delivered';
import { flushSeen } from '@/client/receipts/seen';
import { setConnected } from '@/client/socket/connection';
import { type ClientSocket, closeSocket, isConnected, openSocket, reconnect } from '@/client/socket/socket';
import { listen } from '@/client/state/events';
import { catchUpOpen, rejoin } from '@/client/state/open';
import { useWatchPresence, watchAgain } from '@/client/state/presence';
import { useConversations, useMe } from '@/client/state/queries';
import { requestAgain } from '@/client/state/request-again';
import { compareHeads, headsEveryMs, refreshConversations } from '@/client/state/sync';
import { RequestAgain } from '@/components/ui/error-boundary';
import { conversationKinds } from '@/lib/domain/conversations/kinds';
import type { ConversationPage } from '@/lib/domain/conversations/schema';

/** Delay before a failed query is repeated; it grows with each failure. */
const refreshAgainMs = 500;

/** Holds the page's only socket while mounted, and keeps the query cache up to date. */
export function RealtimeProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const me = useMe();
  const conversations = useConversations();
  const others = conversations.flatMap(({ kind, participants }) =>
    conversationKinds[kind].personal ? participants.map(({ user }) => user.id) : [],
  );
  useWatchPresence([me.id, ...others.slice(0, 150)].filter(Boolean));

  useEffect(() => {
    const socket = openSocket();
    listen(client, socket);
    const stopSearch = followOnDemand(client, socket, me.id);
    const closeOutbox = openOutbox(me.id);
    // Reconnecting is a normal path: missed changes are queried, and waiting messages are sent.
    socket.on('connect', async () => {
      drainAll();
      watchAgain(client);
      const [, entered] = await Promise.allSettled([refreshWhileConnected(client), rejoin(client)]);
      // The list may be newer than the room. Entering twice would be a quarter of the server's cost of a reconnect.
      await (entered.status === 'fulfilled' ? catchUpOpen(client) : rejoin(client)).catch(() => undefined);
      flushSeen();
      noteAllDelivered(client.getQueryData<ConversationPage>(keys.conversations)?.conversations ?? []);
    });
    const stop = keepWatch(() => void compareHeads(client).catch(() => undefined));
    return () => {
      stop();
      stopSearch();
      closeOutbox();
      closeSocket();
    };
  }, [client, me.id]);

  useEffect(guardUnsent, []);
  const requestAll = useCallback(() => requestAgain(client), [client]);
  return <RequestAgain value={requestAll}>{children}</RequestAgain>;
}

/** Fills the local search index. Its code is loaded after the page is interactive. @returns stops it */
function followOnDemand(client: QueryClient, socket: ClientSocket, me: string): () => void {
  let stop = () => {};
  let isStopped = false;
  const start = ({ follow }: typeof import('@/client/search/follow')) => {
    if (!isStopped) stop = follow(client, socket, me);
  };
  // Without it, only the server is asked.
  import('@/client/search/follow').then(start, () => undefined);
  return () => {
    isStopped = true;
    stop();
  };
}

/** Until it was answered, or the next connection begins anew: when a node has just stopped, a proxy may still ask it. */
async function refreshWhileConnected(client: QueryClient): Promise<void> {
  for (let pauseMs = refreshAgainMs; isConnected(); pauseMs *= 2) {
    const done = await refreshConversations(client).then(
      () => true,
      () => false,
    );
    if (done) return;
    await new Promise((resolve) => setTimeout(resolve, pauseMs * (1 + Math.random() / 2)));
  }
}

/** Compares while visible, and at once when the tab is shown again; reconnects when the network is back. */
function keepWatch(compare: () => void): () => void {
  const check = () => {
    if (document.visibilityState !== 'visible') return;
    if (isConnected()) compare();
    else reconnect();
  };
  const online = () => (isConnected() ? setConnected(true) : reconnect());
  const offline = () => setConnected(isConnected() && navigator.onLine);
  const timer = setInterval(check, headsEveryMs);
  document.addEventListener('visibilitychange', check);
  window.addEventListener('online', online);
  window.addEventListener('offline', offline);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', check);
    window.removeEventListener('online', online);
    window.removeEventListener('offline', offline);
  };
}
