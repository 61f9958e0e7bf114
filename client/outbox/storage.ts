import type { DBSchema, IDBPObjectStore } from 'idb';
import { databaseOf } from '@/client/browser/database';
import type { Outgoing } from '@/client/outbox/outgoing';

/**
 * The outbox in IndexedDB, which survives reloads and crashes and is shared by all tabs. All functions reject after at most a second
 * where IndexedDB is missing, blocked, full or hanging. Messages are then held in memory only.
 */
interface OutboxSchema extends DBSchema {
  outbox: { key: string; value: Outgoing; indexes: { order: [string, number] } };
}

const inDatabase = databaseOf<OutboxSchema>('parley', (database) => {
  database.createObjectStore('outbox', { keyPath: 'clientMessageId' }).createIndex('order', ['senderId', 'position']);
});

/** Stores a new message after all others of its sender, from any tab. @returns the message with its position */
export const keep = (outgoing: Outgoing): Promise<Outgoing> =>
  inTransaction(async (store) => {
    const last = await store.index('order').openCursor(allOf(outgoing.senderId), 'prev');
    const kept = { ...outgoing, position: Math.max(outgoing.position, (last?.value.position ?? 0) + 1) };
    await store.put(kept);
    return kept;
  });

/** Stores a changed message, unless it was removed meanwhile. */
export const change = (outgoing: Outgoing): Promise<void> =>
  inTransaction(async (store) => {
    if (await store.getKey(outgoing.clientMessageId)) await store.put(outgoing);
  });

export const remove = (clientMessageIds: string[]): Promise<void> =>
  inTransaction(async (store) => {
    await Promise.all(clientMessageIds.map((id) => store.delete(id)));
  });

/** The stored messages of a sender, in order. */
export const recall = (senderId: string): Promise<Outgoing[]> =>
  inDatabase((database) => database.getAllFromIndex('outbox', 'order', allOf(senderId)));

type Store = IDBPObjectStore<OutboxSchema, ['outbox'], 'outbox', 'readwrite'>;

const inTransaction = <Done>(work: (store: Store) => Promise<Done>): Promise<Done> =>
  inDatabase(async (database) => {
    const { store, done } = database.transaction('outbox', 'readwrite');
    // When the storage is full both promises reject, and both rejections must be handled.
    const [result] = await Promise.all([work(store), done]);
    return result;
  });

const allOf = (senderId: string) => IDBKeyRange.bound([senderId, 0], [senderId, Number.POSITIVE_INFINITY]);
