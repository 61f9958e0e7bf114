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

/** Whether what waits survives this tab. */
export const useIsKept = () => useOutboxStore(({ isKept }) => isKept);

/** Brings back what this person could not send before, here or in another tab. @returns what puts it away again */
export function openOutbox(senderId: string): () => void {
  const close = share(senderId);
  void refresh(senderId).then(drainAll);
  return close;
}

/** Puts a message into the outbox: it shows at once, is kept, and leaves as soon as it can, after those before it. */
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

/** Tries again what failed. It counts as written now: its sender has just said that it still holds. */
export function retry(clientMessageId: string): void {
  const outgoing = find(clientMessageId);
  if (!outgoing) return;
  update(clientMessageId, { state: 'sending', createdAt: new Date().toISOString() });
  void drain(outgoing.senderId, outgoing.conversationId);
}

/** Takes it out, to be edited or forgotten. */
export function discard(clientMessageId: string): Outgoing | undefined {
  const outgoing = find(clientMessageId);
  takeOut([clientMessageId]);
  return outgoing;
}

/** The server's own row is there: the stand-in goes. */
export function settle(arrived: (outgoing: Outgoing) => boolean): void {
  takeOut(
    all()
      .filter(arrived)
      .map(({ clientMessageId }) => clientMessageId),
  );
}

/** Everything that waits, in order: after a connect. */
export function drainAll(): void {
  const senders = new Map(all().map(({ conversationId, senderId }) => [conversationId, senderId]));
  for (const [conversationId, senderId] of senders) void drain(senderId, conversationId);
}

/** The browser asks before it closes a tab with which something unsent would go. @returns what ends it */
export function guardUnsent(): () => void {
  const ask = (event: BeforeUnloadEvent) => {
    if (!useOutboxStore.getState().isKept && all().some(({ state }) => state === 'sending')) event.preventDefault();
  };
  window.addEventListener('beforeunload', ask);
  return () => window.removeEventListener('beforeunload', ask);
}

/** Signing out: nothing of this person stays. */
export const emptyOutbox = () => settle(() => true);
