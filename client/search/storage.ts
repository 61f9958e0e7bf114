import type { DBSchema, IDBPDatabase, IDBPObjectStore } from 'idb';
import { databaseOf } from '@/client/browser/database';
import type { SearchEntry } from '@/client/search/entry';

/**
 * Recent messages in IndexedDB, for searching without the server. They belong to one person: every transaction checks the owner, and
 * claiming the store for a person removes the messages of any other. All functions reject where IndexedDB is missing, blocked, full
 * or hanging.
 */
interface SearchSchema extends DBSchema {
  messages: { key: string; value: SearchEntry; indexes: { conversation: string; time: string } };
  owner: { key: 'owner'; value: string };
}

const keptDays = 90;
const maxKept = 50_000;
const dayMs = 86_400_000;
/** Reading all messages takes seconds on a slow device. */
const timeoutMs = 5_000;

const inDatabase = databaseOf<SearchSchema>('parley-search', (database) => {
  const messages = database.createObjectStore('messages', { keyPath: 'id' });
  messages.createIndex('conversation', 'conversationId');
  messages.createIndex('time', 'createdAt');
  database.createObjectStore('owner');
});

/** Makes this person the owner. Removes the messages of another owner, those that are too old, and the oldest of too many. */
export const claim = (ownerId: string, now: number): Promise<void> =>
  inDatabase((database) => claimIn(database, ownerId, now), { timeoutMs });

async function claimIn(database: IDBPDatabase<SearchSchema>, ownerId: string, now: number): Promise<void> {
  const transaction = database.transaction(['messages', 'owner'], 'readwrite');
  const messages = transaction.objectStore('messages');
  const owner = transaction.objectStore('owner');
  if ((await owner.get('owner')) !== ownerId) {
    await messages.clear();
    await owner.put(ownerId, 'owner');
  }
  const oldest = new Date(now - keptDays * dayMs).toISOString();
  const byTime = messages.index('time');
  for (let old = await byTime.openCursor(IDBKeyRange.upperBound(oldest, true)); old; old = await old.continue())
    await old.delete();
  const surplus = (await messages.count()) - maxKept;
  let cursor = surplus > 0 ? await byTime.openCursor() : null;
  for (let removed = 0; cursor && removed < surplus; removed += 1) {
    await cursor.delete();
    cursor = await cursor.continue();
  }
  await transaction.done;
}

/** Stores messages that are not too old, unless a newer version is stored. */
export const keep = (ownerId: string, entries: SearchEntry[], now: number): Promise<void> =>
  change(ownerId, async (messages) => {
    const oldest = new Date(now - keptDays * dayMs).toISOString();
    for (const entry of entries) {
      const known = await messages.get(entry.id);
      if (entry.createdAt >= oldest && (known?.rev ?? -1) <= entry.rev) await messages.put(entry);
    }
  });

export const remove = (ownerId: string, ids: string[]): Promise<void> =>
  change(
    ownerId,
    async (messages) => {
      for (const id of ids) await messages.delete(id);
    },
    { isRemoval: true },
  );

/** Removes the messages of every conversation that is not kept. */
export const removeConversations = (ownerId: string, isKept: (conversationId: string) => boolean): Promise<void> =>
  change(ownerId, (messages) => removeFrom(messages, isKept), { isRemoval: true });

async function removeFrom(messages: Messages, isKept: (conversationId: string) => boolean): Promise<void> {
  const byConversation = messages.index('conversation');
  let cursor = await byConversation.openKeyCursor(null, 'nextunique');
  const gone: string[] = [];
  for (; cursor; cursor = await cursor.continue()) if (!isKept(cursor.key)) gone.push(cursor.key);
  for (const id of gone) for (const key of await byConversation.getAllKeys(id)) await messages.delete(key);
}

/** All stored messages of this person; none if the store has another owner. */
export const recall = (ownerId: string): Promise<SearchEntry[]> =>
  inDatabase(
    async (database) => {
      const transaction = database.transaction(['messages', 'owner']);
      if ((await transaction.objectStore('owner').get('owner')) !== ownerId) return [];
      return transaction.objectStore('messages').getAll();
    },
    { timeoutMs },
  );

/**
 * Empties the store of any owner. Later writes of other tabs for that owner have no effect. Signing out waits for this, so it has
 * less time than the others.
 */
export const purge = (): Promise<void> =>
  inDatabase(
    async (database) => {
      const transaction = database.transaction(['messages', 'owner'], 'readwrite');
      const cleared = [transaction.objectStore('messages').clear(), transaction.objectStore('owner').clear()];
      await Promise.all([...cleared, transaction.done]);
    },
    { isRemoval: true },
  );

type Messages = IDBPObjectStore<SearchSchema, ('messages' | 'owner')[], 'messages', 'readwrite'>;

/** Changes the stored messages of this person. Has no effect if the store has another owner. */
const change = (ownerId: string, work: (messages: Messages) => Promise<void>, { isRemoval = false } = {}): Promise<void> =>
  inDatabase(
    async (database) => {
      const transaction = database.transaction(['messages', 'owner'], 'readwrite');
      if ((await transaction.objectStore('owner').get('owner')) === ownerId) await work(transaction.objectStore('messages'));
      await transaction.done;
    },
    { timeoutMs, isRemoval },
  );
