import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Outgoing } from '@/components/outbox/outgoing';

/**
 * The outbox in IndexedDB: it survives a reload and a crash, and all tabs of a browser share it. Everything here rejects where a
 * browser forbids storage or has none left; what waits is then held in memory alone.
 */
interface Shape extends DBSchema {
  outbox: { key: string; value: Outgoing; indexes: { order: [string, number] } };
}

let opening: Promise<IDBPDatabase<Shape>> | null = null;

function database(): Promise<IDBPDatabase<Shape>> {
  opening ??= openDB<Shape>('parley', 1, {
    upgrade: (made) => {
      made.createObjectStore('outbox', { keyPath: 'clientMessageId' }).createIndex('order', ['senderId', 'position']);
    },
    // Another tab runs a newer Parley: it may have its way, and the next use opens anew.
    blocking: (_current, _wanted, event) => {
      (event.target as IDBDatabase).close();
      opening = null;
    },
    terminated: () => {
      opening = null;
    },
  }).catch((error) => {
    opening = null;
    throw error;
  });
  return opening;
}

/** Puts a new one behind all others of its sender, whichever tab wrote them. @returns it, with its position */
export async function keep(outgoing: Outgoing): Promise<Outgoing> {
  const transaction = (await database()).transaction('outbox', 'readwrite');
  const last = await transaction.store.index('order').openCursor(allOf(outgoing.senderId), 'prev');
  const kept = { ...outgoing, position: Math.max(outgoing.position, (last?.value.position ?? 0) + 1) };
  await transaction.store.put(kept);
  await transaction.done;
  return kept;
}

/** Stores its changes, unless it was taken out meanwhile. */
export async function change(outgoing: Outgoing): Promise<void> {
  const transaction = (await database()).transaction('outbox', 'readwrite');
  if (await transaction.store.getKey(outgoing.clientMessageId)) await transaction.store.put(outgoing);
  await transaction.done;
}

export async function remove(clientMessageIds: string[]): Promise<void> {
  const transaction = (await database()).transaction('outbox', 'readwrite');
  await Promise.all(clientMessageIds.map((id) => transaction.store.delete(id)));
  await transaction.done;
}

/** What somebody has not got rid of yet, in order. */
export async function recall(senderId: string): Promise<Outgoing[]> {
  return (await database()).getAllFromIndex('outbox', 'order', allOf(senderId));
}

const allOf = (senderId: string) => IDBKeyRange.bound([senderId, 0], [senderId, Number.POSITIVE_INFINITY]);
