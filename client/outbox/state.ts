import { create } from 'zustand';
import { type Channel, openChannel } from '@/client/browser/channel';
import type { Outgoing } from '@/client/outbox/outgoing';
import { change, recall, remove } from '@/client/outbox/storage';

interface Outbox {
  /** unsent messages in order, the same in every tab of this person; IndexedDB stores a copy */
  outgoing: Outgoing[];
  /** false when the browser cannot store the messages, so they are lost with this tab */
  isKept: boolean;
}

export const useOutboxStore = create<Outbox>(() => ({ outgoing: [], isKept: true }));

export const all = () => useOutboxStore.getState().outgoing;
export const find = (clientMessageId: string) => all().find((outgoing) => outgoing.clientMessageId === clientMessageId);

/** A message between tabs. */
type TabMessage = { put: Outgoing } | { removed: string[] };

let channel: Channel<TabMessage> | null = null;
let owner: string | null = null;

/** Whether this person's outbox is open. The next person to sign in must not send another person's messages. */
export const isOpen = (senderId: string) => owner === senderId;

/** Shares one person's outbox between their tabs. @returns stops it */
export function share(senderId: string): () => void {
  const opened = openChannel<TabMessage>(`parley.outbox.${senderId}`, (message) =>
    'put' in message ? place(message.put) : drop(message.removed),
  );
  channel = opened;
  owner = senderId;
  return () => {
    opened.close();
    channel = null;
    owner = null;
    useOutboxStore.setState({ outgoing: [] });
  };
}

/** Adds stored messages of earlier page loads and of other tabs. */
export async function refresh(senderId: string): Promise<void> {
  const stored = await recall(senderId).catch(() => {
    setKept(false);
    return [];
  });
  if (!isOpen(senderId)) return;
  for (const outgoing of stored) if (!find(outgoing.clientMessageId)) place(outgoing);
}

export function setKept(isKept: boolean): void {
  if (useOutboxStore.getState().isKept !== isKept) useOutboxStore.setState({ isKept });
}

/** Shows a message in this tab and the others. */
export function show(outgoing: Outgoing): void {
  place(outgoing);
  channel?.post({ put: outgoing });
}

export function update(clientMessageId: string, changes: Partial<Outgoing>): void {
  const known = find(clientMessageId);
  if (!known) return;
  const { problem: _problem, ...rest } = known;
  const changed = { ...rest, ...changes };
  show(changed);
  // A sent message need not be stored any longer.
  void (changed.state === 'sent' ? remove([clientMessageId]) : change(changed)).catch(() => {});
}

export function takeOut(clientMessageIds: string[]): void {
  if (clientMessageIds.length === 0) return;
  drop(clientMessageIds);
  channel?.post({ removed: clientMessageIds });
  void remove(clientMessageIds).catch(() => {});
}

function place(outgoing: Outgoing): void {
  const others = all().filter(({ clientMessageId }) => clientMessageId !== outgoing.clientMessageId);
  useOutboxStore.setState({ outgoing: [...others, outgoing].sort((a, b) => a.position - b.position) });
}

function drop(clientMessageIds: string[]): void {
  const left = all().filter(({ clientMessageId }) => !clientMessageIds.includes(clientMessageId));
  if (left.length < all().length) useOutboxStore.setState({ outgoing: left });
}
