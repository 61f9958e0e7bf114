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

const database = databaseOf<OutboxSchema>('parley', (database) => {
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
  withTimeout(async () => (await database()).getAllFromIndex('outbox', 'order', allOf(senderId)));

type Store = IDBPObjectStore<OutboxSchema, ['outbox'], 'outbox', 'readwrite'>;

const inTransaction = <Done>(work: (store: Store) => Promise<Done>): Promise<Done> =>
  withTimeout(async () => {
    const { store, done } = (await database()).transaction('outbox', 'readwrite');
    // When the storage is full both promises reject, and both rejections must be handled.
    const [result] = await Promise.all([work(store), done]);
    return result;
  });

/** Some browsers never answer in private windows. After this timeout storage counts as unavailable until the browser answers. */
const timeoutMs = 1_000;
let isHanging = false;

async function withTimeout<Done>(work: () => Promise<Done>): Promise<Done> {
  if (isHanging) throw new Error('The storage does not answer.');
  const running = work();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      isHanging = true;
      const answered = () => {
        isHanging = false;
      };
      running.then(answered, answered);
      reject(new Error('The storage does not answer.'));
    }, timeoutMs);
  });
  try {
    return await Promise.race([running, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

const allOf = (senderId: string) => IDBKeyRange.bound([senderId, 0], [senderId, Number.POSITIVE_INFINITY]);
