import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { entryOf, type SearchEntry } from '@/client/search/entry';
import type { Request } from '@/client/search/local-index';
import { narrowingOf } from '@/client/search/narrowing';
import type { Message } from '@/lib/domain/messages/schema';
import { parseSearch } from '@/lib/platform/text/search/query';
import { ada, idOf, message, roomId } from '@/tests/unit/cast';

const otherRoom = '00000000-0000-7000-8000-000000000002';
const now = Date.now();
const recent = (number: number, changes: Partial<Message> = {}) =>
  entryOf(message(number, { createdAt: new Date(now - 1_000 + number).toISOString(), ...changes })) as SearchEntry;

let index: { do: (request: Request) => Promise<SearchEntry[]> };

/** As a page that has just been loaded. */
async function load(): Promise<void> {
  vi.resetModules();
  const { LocalIndex } = await import('@/client/search/local-index');
  index = new LocalIndex();
}
const open = async () => {
  await load();
  await index.do({ kind: 'open', ownerId: 'ada' });
};
const put = (...entries: SearchEntry[]) => index.do({ kind: 'put', entries });
async function found(typed: string): Promise<string[]> {
  const query = parseSearch(typed);
  const narrowing = narrowingOf(query, { me: ada.id, timeZone: 'UTC', now, places: [], chosen: [] });
  const entries = await index.do({ kind: 'search', question: { terms: query.terms, narrowing, limit: 20 } });
  return entries.map(({ id }) => id);
}

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Opening ends when the time limit is over, and not before. */
async function openWhileHanging(): Promise<void> {
  await load();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  let isOpen = false;
  const opening = index.do({ kind: 'open', ownerId: 'ada' }).then(() => {
    isOpen = true;
  });
  while (vi.getTimerCount() === 0) await new Promise(setImmediate);
  vi.advanceTimersByTime(4_999);
  await new Promise(setImmediate);
  expect(isOpen).toBe(false);
  vi.advanceTimersByTime(1);
  await opening;
}

test('a browser that never answers is waited for once, and then searches what came since the page was loaded', async () => {
  const Unanswered = IDBOpenDBRequest as unknown as new () => IDBOpenDBRequest;
  vi.stubGlobal('indexedDB', { open: () => new Unanswered() });
  await openWhileHanging();
  await put(recent(1), recent(2));
  expect(await found('message')).toEqual([idOf(2), idOf(1)]);
  await index.do({ kind: 'remove', ids: [idOf(2)] });
  expect(await found('message')).toEqual([idOf(1)]);
  await index.do({ kind: 'purge' });
  expect(await found('message')).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test('what is removed while the browser does not answer is gone once it does', async () => {
  await open();
  await put(recent(1), recent(2, { conversationId: otherRoom }));
  // A transaction that does not end keeps all others waiting.
  const database = await openDB('parley-search');
  const { store, done } = database.transaction('owner', 'readwrite');
  let isHanging = true;
  const hanging = (async () => {
    while (isHanging) await store.get('owner');
    await done;
    database.close();
  })();
  await openWhileHanging();
  await index.do({ kind: 'forget', conversationIds: [roomId] });
  isHanging = false;
  await hanging;
  vi.useRealTimers();
  await open();
  expect(await found('message')).toEqual([idOf(2)]);
});
