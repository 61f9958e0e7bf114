import { create } from 'zustand';
import { type Channel, openChannel } from '@/client/browser/channel';
import type { Outgoing } from '@/client/outbox/outgoing';
import { change, recall, remove } from '@/client/outbox/storage';

interface Outbox {
  /** what is on its way out, in order: the same in every tab of this person. Memory shows it, IndexedDB keeps it. */
  outgoing: Outgoing[];
  /** whether it survives this tab; not where the browser stores nothing */
  isKept: boolean;
}

export const useOutboxStore = create<Outbox>(() => ({ outgoing: [], isKept: true }));

export const all = () => useOutboxStore.getState().outgoing;
export const find = (clientMessageId: string) => all().find((outgoing) => outgoing.clientMessageId === clientMessageId);

/** What one tab tells the others. */
type Word = { put: Outgoing } | { removed: string[] };

let channel: Channel<Word> | null = null;
let owner: string | null = null;

/** Whether this is whose outbox is open: the next to sign in here must not send in their own name what somebody else wrote. */
export const isOpen = (senderId: string) => owner === senderId;

/** Begins to share one person's outbox with their other tabs. @returns what ends it */
export function share(senderId: string): () => void {
  const opened = openChannel<Word>(`parley.outbox.${senderId}`, (word) =>
    'put' in word ? place(word.put) : drop(word.removed),
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

/** Takes in what is stored and not known here: of an earlier load of this tab, or of another tab. */
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

/** Shows it, here and in the other tabs. */
export function show(outgoing: Outgoing): void {
  place(outgoing);
  channel?.say({ put: outgoing });
}

export function update(clientMessageId: string, changes: Partial<Outgoing>): void {
  const known = find(clientMessageId);
  if (!known) return;
  const { problem: _problem, ...rest } = known;
  const changed = { ...rest, ...changes };
  show(changed);
  // What the server has needs no keeping.
  void (changed.state === 'sent' ? remove([clientMessageId]) : change(changed)).catch(() => {});
}

export function takeOut(clientMessageIds: string[]): void {
  if (clientMessageIds.length === 0) return;
  drop(clientMessageIds);
  channel?.say({ removed: clientMessageIds });
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
