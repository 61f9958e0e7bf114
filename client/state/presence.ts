import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { emit, isConnected, request } from '@/client/socket/socket';
import { change } from '@/client/state/cache';
import { applyEvent } from '@/client/state/reducer';
import type { User } from '@/lib/domain/users/schema';

/** Presence is subscribed only for people on screen, so its cost depends on what is shown. */

const most = 200;
const watched = new Map<string, number>();
const fresh = new Set<string>();
let scheduled = false;

/** Keeps the statuses of these people current while mounted. */
export function useWatchPresence(userIds: string[]): void {
  const client = useQueryClient();
  const list = [...new Set(userIds)].sort().slice(0, most).join(' ');
  useEffect(() => {
    const ids = list === '' ? [] : list.split(' ');
    for (const id of ids) watch(client, id);
    return () => {
      for (const id of ids) unwatch(id);
    };
  }, [client, list]);
}

/** After a reconnection the server no longer knows the subscriptions of this socket. */
export function watchAgain(client: QueryClient): void {
  for (const id of watched.keys()) fresh.add(id);
  void subscribe(client);
}

function watch(client: QueryClient, id: string): void {
  const count = watched.get(id) ?? 0;
  watched.set(id, count + 1);
  if (count > 0) return;
  fresh.add(id);
  if (scheduled) return;
  scheduled = true;
  queueMicrotask(() => {
    scheduled = false;
    void subscribe(client);
  });
}

function unwatch(id: string): void {
  const count = watched.get(id) ?? 0;
  if (count > 1) watched.set(id, count - 1);
  else if (watched.delete(id) && !fresh.delete(id)) emit('presence.unsubscribe', { userIds: [id] });
}

async function subscribe(client: QueryClient): Promise<void> {
  if (!isConnected() || fresh.size === 0) return;
  const userIds = [...fresh].slice(0, most);
  for (const id of userIds) fresh.delete(id);
  // On failure the subscription is repeated at the next connect.
  const answer = await request('presence.subscribe', { userIds }).catch(() => null);
  if (answer) takeUsers(client, answer.users);
}

/** Names and pictures too, because an event about them may have been missed. */
function takeUsers(client: QueryClient, users: User[]): void {
  change(client, (state) =>
    users.reduce((before, user) => {
      const { id: userId, status, statusText, lastSeenAt } = user;
      const next = applyEvent(before, { name: 'presence.changed', payload: { userId, status, statusText, lastSeenAt } });
      return applyEvent(next, { name: 'user.updated', payload: { user } });
    }, state),
  );
}
