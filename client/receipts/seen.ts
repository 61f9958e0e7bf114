import type { QueryClient } from '@tanstack/react-query';
import { ask, isConnected } from '@/client/socket/socket';
import { change, dispatch, readConversation } from '@/client/state/cache';
import { applyEvent } from '@/client/state/reducer';
import type { ServerPayloads } from '@/lib/domain/contract';

type ReadUpdated = ServerPayloads['read.updated'];

/**
 * Read means seen: on screen, in a visible and focused window, scrolled to. The timeline says what is in view; here it is
 * judged, shown at once, and told to the server at most once a second a conversation.
 */

const everyMs = 1_000;

/** The conversation whose end is in view; a message that arrives there is seen on arrival. */
let atEndOf: string | null = null;
/** Conversations marked unread: nothing in them is seen again until the person scrolls, clicks or types there. */
const held = new Set<string>();
/** What the server has not confirmed yet. */
const pending = new Map<string, number>();
const busy = new Set<string>();
/** How far the server said one has read. What is shown runs ahead of it: by what was just seen, and by own messages. */
const confirmed = new Map<string, number>();

export const setEndInView = (conversationId: string, inView: boolean) => {
  if (inView) atEndOf = conversationId;
  else if (atEndOf === conversationId) atEndOf = null;
};

export const isLooking = () => document.visibilityState === 'visible' && document.hasFocus();
export const isWatchingEnd = (conversationId: string) => atEndOf === conversationId && !held.has(conversationId) && isLooking();
export const holdUnread = (conversationId: string) => {
  held.add(conversationId);
  pending.delete(conversationId);
};
export const releaseUnread = (conversationId: string) => held.delete(conversationId);
export const isHeld = (conversationId: string) => held.has(conversationId);

export function noteSeen(client: QueryClient, conversationId: string, seq: number): void {
  const me = readConversation(client, conversationId)?.me;
  if (!me || seq <= me.lastReadSeq || held.has(conversationId) || !isLooking()) return;
  dispatch(client, { name: 'read.seen', payload: { conversationId, seq } });
  pending.set(conversationId, Math.max(seq, pending.get(conversationId) ?? 0));
  void flush(conversationId);
}

/**
 * The server's pointer moved. When it went back, somebody's other device, or this one, marked it unread; unless nothing is:
 * then it was said before what came first (reads and own messages are stored beside each other).
 * @returns whether this is the newest word of it
 */
export function confirmRead(client: QueryClient, { conversationId, lastReadSeq: seq, unreadCount }: ReadUpdated): boolean {
  const shown = readConversation(client, conversationId)?.me?.lastReadSeq ?? 0;
  // Before its first word the page's own number serves, unless this tab is just telling of a read.
  const before = confirmed.get(conversationId) ?? (busy.has(conversationId) ? 0 : shown);
  if (seq < before && unreadCount === 0) return false;
  confirmed.set(conversationId, seq);
  if (seq < before) holdUnread(conversationId);
  return true;
}

/** After the server's numbers came in: what was seen since they were counted stays seen. */
export function keepSeen(client: QueryClient, conversationId: string): void {
  const seq = pending.get(conversationId);
  if (seq !== undefined) change(client, (state) => applyEvent(state, { name: 'read.seen', payload: { conversationId, seq } }));
}

/** After a reconnection: what could not be told before. */
export function flushSeen(): void {
  // Whatever the server said before may have changed meanwhile.
  confirmed.clear();
  for (const conversationId of pending.keys()) void flush(conversationId);
}

export async function markUnread(client: QueryClient, conversationId: string, seq: number): Promise<void> {
  holdUnread(conversationId);
  const state = await ask('message.unread', { conversationId, seq });
  const mentionCount = readConversation(client, conversationId)?.me?.mentionCount ?? 0;
  dispatch(client, { name: 'read.updated', payload: { conversationId, mentionCount, ...state } });
}

async function flush(conversationId: string): Promise<void> {
  if (busy.has(conversationId) || !isConnected()) return;
  const seq = pending.get(conversationId);
  if (seq === undefined) return;
  busy.add(conversationId);
  const told = await ask('message.read', { conversationId, seq }).then(
    () => true,
    () => false,
  );
  if (told && pending.get(conversationId) === seq) pending.delete(conversationId);
  setTimeout(() => {
    busy.delete(conversationId);
    void flush(conversationId);
  }, everyMs);
}
