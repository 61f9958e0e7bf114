import { type DBSchema, type IDBPDatabase, type IDBPObjectStore, openDB } from 'idb';
import type { Outgoing } from '@/client/outbox/outgoing';

/**
 * The outbox in IndexedDB: it survives a reload and a crash, and all tabs of a browser share it. Everything here rejects, soon,
 * where a browser has none, forbids it, has no room left or does not answer; what waits is then held in memory alone.
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
export const keep = (outgoing: Outgoing): Promise<Outgoing> =>
  inTransaction(async (store) => {
    const last = await store.index('order').openCursor(allOf(outgoing.senderId), 'prev');
    const kept = { ...outgoing, position: Math.max(outgoing.position, (last?.value.position ?? 0) + 1) };
    await store.put(kept);
    return kept;
  });

/** Stores its changes, unless it was taken out meanwhile. */
export const change = (outgoing: Outgoing): Promise<void> =>
  inTransaction(async (store) => {
    if (await store.getKey(outgoing.clientMessageId)) await store.put(outgoing);
  });

export const remove = (clientMessageIds: string[]): Promise<void> =>
  inTransaction(async (store) => {
    await Promise.all(clientMessageIds.map((id) => store.delete(id)));
  });

/** What somebody has not got rid of yet, in order. */
export const recall = (senderId: string): Promise<Outgoing[]> =>
  inTime(async () => (await database()).getAllFromIndex('outbox', 'order', allOf(senderId)));

type Store = IDBPObjectStore<Shape, ['outbox'], 'outbox', 'readwrite'>;

const inTransaction = <Done>(work: (store: Store) => Promise<Done>): Promise<Done> =>
  inTime(async () => {
    const { store, done } = (await database()).transaction('outbox', 'readwrite');
    // Where there is no room left both fail, and neither may go unheard.
    const [result] = await Promise.all([work(store), done]);
    return result;
  });

/** Some browsers never answer in private windows: after this one goes on without, and asks for nothing until they do. */
const answersWithinMs = 1_000;
let isLate = false;

async function inTime<Done>(work: () => Promise<Done>): Promise<Done> {
  if (isLate) throw new Error('The storage does not answer.');
  const working = work();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      isLate = true;
      const answered = () => {
        isLate = false;
      };
      working.then(answered, answered);
      reject(new Error('The storage does not answer.'));
    }, answersWithinMs);
  });
  try {
    return await Promise.race([working, late]);
  } finally {
    clearTimeout(timer);
  }
}

const allOf = (senderId: string) => IDBKeyRange.bound([senderId, 0], [senderId, Number.POSITIVE_INFINITY]);
