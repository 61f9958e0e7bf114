import { newId } from '@/client/browser/new-id';
import { drain } from '@/client/outbox/drain';
import type { Draft, Outgoing } from '@/client/outbox/outgoing';
import { all, find, refresh, setKept, share, show, takeOut, update, useOutboxStore } from '@/client/outbox/state';
import { keep } from '@/client/outbox/storage';

export type { Outgoing } from '@/client/outbox/outgoing';

export const useOutgoing = () => useOutboxStore(({ outgoing }) => outgoing);
/** How many messages wait for a connection. */
export const useWaitingCount = () =>
  useOutboxStore(({ outgoing }) => outgoing.filter(({ state }) => state === 'sending').length);

/** Whether queued messages are stored, so that they survive this tab. */
export const useIsKept = () => useOutboxStore(({ isKept }) => isKept);

/** Loads and sends this person's unsent messages from earlier and from other tabs. @returns closes the outbox */
export function openOutbox(senderId: string): () => void {
  const close = share(senderId);
  void refresh(senderId).then(drainAll);
  return close;
}

/** Adds a message to the outbox: shows it at once, stores it, and sends it after the messages before it. */
export function send(senderId: string, draft: Draft): void {
  const outgoing: Outgoing = {
    ...draft,
    senderId,
    clientMessageId: newId(),
    createdAt: new Date().toISOString(),
    position: (all().at(-1)?.position ?? 0) + 1,
    state: 'sending',
  };
  show(outgoing);
  void keepAndDrain(outgoing);
}

async function keepAndDrain(outgoing: Outgoing): Promise<void> {
  const kept = await keep(outgoing).catch(() => undefined);
  setKept(kept !== undefined);
  if (kept && kept.position !== outgoing.position) update(kept.clientMessageId, { position: kept.position });
  await drain(outgoing.senderId, outgoing.conversationId);
}

/** Retries a failed message. Its creation time is reset, because the sender has just confirmed it. */
export function retry(clientMessageId: string): void {
  const outgoing = find(clientMessageId);
  if (!outgoing) return;
  update(clientMessageId, { state: 'sending', createdAt: new Date().toISOString() });
  void drain(outgoing.senderId, outgoing.conversationId);
}

/** Removes a message from the outbox, to edit or to delete it. */
export function discard(clientMessageId: string): Outgoing | undefined {
  const outgoing = find(clientMessageId);
  takeOut([clientMessageId]);
  return outgoing;
}

/** Removes messages that have arrived as the server's own rows. */
export function settle(arrived: (outgoing: Outgoing) => boolean): void {
  takeOut(
    all()
      .filter(arrived)
      .map(({ clientMessageId }) => clientMessageId),
  );
}

/** Sends all queued messages. Called after each connect. */
export function drainAll(): void {
  const senders = new Map(all().map(({ conversationId, senderId }) => [conversationId, senderId]));
  for (const [conversationId, senderId] of senders) void drain(senderId, conversationId);
}

/** Makes the browser ask before it closes a tab whose unsent messages are not stored. @returns removes the guard */
export function guardUnsent(): () => void {
  const confirmUnload = (event: BeforeUnloadEvent) => {
    if (!useOutboxStore.getState().isKept && all().some(({ state }) => state === 'sending')) event.preventDefault();
  };
  window.addEventListener('beforeunload', confirmUnload);
  return () => window.removeEventListener('beforeunload', confirmUnload);
}

/** Removes all messages of this person, when they sign out. */
export const emptyOutbox = () => settle(() => true);
