import type { DBSchema, IDBPDatabase } from 'idb';
import { databaseOf } from '@/client/browser/database';
import type { SearchEntry } from '@/client/search/entry';

/**
 * Recent messages in IndexedDB, for searching without the server. They belong to one person: every transaction checks the owner, and
 * claiming the store for a person removes the messages of any other.
 */
interface SearchSchema extends DBSchema {
  messages: { key: string; value: SearchEntry; indexes: { conversation: string; time: string } };
  owner: { key: 'owner'; value: string };
}

const keptDays = 90;
const maxKept = 50_000;
const dayMs = 86_400_000;

const database = databaseOf<SearchSchema>('parley-search', (database) => {
  const messages = database.createObjectStore('messages', { keyPath: 'id' });
  messages.createIndex('conversation', 'conversationId');
  messages.createIndex('time', 'createdAt');
  database.createObjectStore('owner');
});

/** Makes this person the owner. Removes the messages of another owner, those that are too old, and the oldest of too many. */
export async function claim(ownerId: string, now: number): Promise<void> {
  const transaction = (await database()).transaction(['messages', 'owner'], 'readwrite');
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
  change(ownerId, async (messages) => {
    for (const id of ids) await messages.delete(id);
  });

/** Removes the messages of every conversation that is not kept. */
export const removeConversations = (ownerId: string, isKept: (conversationId: string) => boolean): Promise<void> =>
  change(ownerId, async (messages) => {
    const byConversation = messages.index('conversation');
    let cursor = await byConversation.openKeyCursor(null, 'nextunique');
    const gone: string[] = [];
    for (; cursor; cursor = await cursor.continue()) if (!isKept(cursor.key)) gone.push(cursor.key);
    for (const id of gone) for (const key of await byConversation.getAllKeys(id)) await messages.delete(key);
  });

/** All stored messages of this person; none if the store has another owner. */
export async function recall(ownerId: string): Promise<SearchEntry[]> {
  const transaction = (await database()).transaction(['messages', 'owner']);
  if ((await transaction.objectStore('owner').get('owner')) !== ownerId) return [];
  return transaction.objectStore('messages').getAll();
}

/** Empties the store of any owner. Later writes of other tabs for that owner have no effect. */
export async function purge(): Promise<void> {
  const transaction = (await database()).transaction(['messages', 'owner'], 'readwrite');
  await Promise.all([transaction.objectStore('messages').clear(), transaction.objectStore('owner').clear(), transaction.done]);
}

type Messages = ReturnType<typeof messagesOf>;
const messagesOf = (database: IDBPDatabase<SearchSchema>) =>
  database.transaction(['messages', 'owner'], 'readwrite').objectStore('messages');

/** Changes the stored messages of this person. Has no effect if the store has another owner. */
async function change(ownerId: string, work: (messages: Messages) => Promise<void>): Promise<void> {
  const messages = messagesOf(await database());
  const { transaction } = messages;
  if ((await transaction.objectStore('owner').get('owner')) === ownerId) await work(messages);
  await transaction.done;
}
