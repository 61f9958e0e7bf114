import type { QueryClient } from '@tanstack/react-query';
import { isConnected, request } from '@/client/socket/socket';
import { change, dispatch, readConversation } from '@/client/state/cache';
import { applyEvent } from '@/client/state/reducer';
import type { ServerPayloads } from '@/lib/domain/contract';

type ReadUpdated = ServerPayloads['read.updated'];

/**
 * A message counts as read when it is in view in a visible and focused window. The timeline reports what is in view. This module
 * decides whether it counts, shows it at once, and reports it to the server at most once a second per conversation.
 */

const intervalMs = 1_000;

/** The conversation whose end is in view. New messages there are read on arrival. */
let conversationAtEnd: string | null = null;
/** Conversations marked unread: nothing in them counts as read until the person scrolls, clicks or types there. */
const heldUnread = new Set<string>();
/** Read positions that the server has not confirmed yet, by conversation. */
const pending = new Map<string, number>();
const inFlight = new Set<string>();
/** The read positions that the server last sent. The shown position runs ahead of them, by recent reads and own messages. */
const confirmed = new Map<string, number>();

export const setEndInView = (conversationId: string, inView: boolean) => {
  if (inView) conversationAtEnd = conversationId;
  else if (conversationAtEnd === conversationId) conversationAtEnd = null;
};

export const isLooking = () => document.visibilityState === 'visible' && document.hasFocus();
export const isWatchingEnd = (conversationId: string) =>
  conversationAtEnd === conversationId && !heldUnread.has(conversationId) && isLooking();
export const holdUnread = (conversationId: string) => {
  heldUnread.add(conversationId);
  pending.delete(conversationId);
};
export const releaseUnread = (conversationId: string) => heldUnread.delete(conversationId);
export const isHeld = (conversationId: string) => heldUnread.has(conversationId);

export function noteSeen(client: QueryClient, conversationId: string, seq: number): void {
  const me = readConversation(client, conversationId)?.me;
  if (!me || seq <= me.lastReadSeq || heldUnread.has(conversationId) || !isLooking()) return;
  dispatch(client, { name: 'read.seen', payload: { conversationId, seq } });
  pending.set(conversationId, Math.max(seq, pending.get(conversationId) ?? 0));
  void flush(conversationId);
}

/**
 * Handles a `read.updated` event. A position that moved back means that a device of this person marked the conversation unread. An
 * event with an older version is ignored: events may arrive out of order.
 */
export function confirmRead(client: QueryClient, { conversationId, lastReadSeq: seq, version }: ReadUpdated): void {
  const me = readConversation(client, conversationId)?.me;
  if (me && version <= me.readVersion) return;
  const shown = me?.lastReadSeq ?? 0;
  // Before the first event, compare with the shown position, unless this tab has a read in flight.
  const before = confirmed.get(conversationId) ?? (inFlight.has(conversationId) ? 0 : shown);
  confirmed.set(conversationId, seq);
  if (seq < before) holdUnread(conversationId);
}

/** Reapplies unconfirmed reads after fresh state of the server replaced the cache. */
export function keepSeen(client: QueryClient, conversationId: string): void {
  const seq = pending.get(conversationId);
  if (seq !== undefined) change(client, (state) => applyEvent(state, { name: 'read.seen', payload: { conversationId, seq } }));
}

/** Reports unconfirmed reads after a reconnection. */
export function flushSeen(): void {
  // The confirmed positions may have changed during the disconnection.
  confirmed.clear();
  for (const conversationId of pending.keys()) void flush(conversationId);
}

export async function markUnread(conversationId: string, seq: number): Promise<void> {
  holdUnread(conversationId);
  // The unread count comes as an event, to this device too.
  await request('message.unread', { conversationId, seq });
}

async function flush(conversationId: string): Promise<void> {
  if (inFlight.has(conversationId) || !isConnected()) return;
  const seq = pending.get(conversationId);
  if (seq === undefined) return;
  inFlight.add(conversationId);
  const sent = await request('message.read', { conversationId, seq }).then(
    () => true,
    () => false,
  );
  if (sent && pending.get(conversationId) === seq) pending.delete(conversationId);
  setTimeout(() => {
    inFlight.delete(conversationId);
    void flush(conversationId);
  }, intervalMs);
}
