import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { entryOf, type SearchEntry } from '@/client/search/entry';
import type { Request } from '@/client/search/local-index';
import { narrowingOf } from '@/client/search/narrowing';
import { TextScan } from '@/client/search/scan';
import type { Message } from '@/lib/domain/messages/schema';
import { parseSearch } from '@/lib/platform/text/search/query';
import { foldToken } from '@/lib/platform/text/search/tokens';
import { timesAsLong } from '@/tests/support/cost';
import { ada, idOf, message, roomId } from '@/tests/unit/cast';

const otherRoom = '00000000-0000-7000-8000-000000000002';
const now = Date.parse(message(0).createdAt);
const places = [
  { id: roomId, names: ['#design team'] },
  { id: otherRoom, names: ['#ops'] },
];
const entry = (number: number, changes: Partial<Message> = {}) => entryOf(message(number, changes)) as SearchEntry;

const asks = (typed: string, limit = 20) => {
  const query = parseSearch(typed);
  return {
    terms: query.terms,
    narrowing: narrowingOf(query, { me: ada.id, timeZone: 'UTC', now, places, chosen: [] }),
    limit,
  };
};

describe('what is found', () => {
  const scan = new TextScan();
  const contents = [
    'Rolled back ERR_42-x on the deploy host',
    'Die Straße ist gesperrt',
    '我家在上海东边',
    'Deploy, then go home',
    'as go-to as it gets',
    'CAFÉ at noon',
  ];
  scan.put(contents.map((content, at) => entry(at, { content })));
  scan.put([entry(90, { content: '', type: 'file', attachments: [file('quarterly-report.pdf', 'application/pdf')] })]);
  const found = (typed: string) => scan.search(asks(typed)).map(({ content, files }) => content || files.join());

  test.each([
    ['deploy', [contents[3], contents[0]]],
    ['eplo', [contents[3], contents[0]]],
    ['ERR_42-x', [contents[0]]],
    ['strasse', [contents[1]]],
    ['上海', [contents[2]]],
    ['cafe', [contents[5]]],
    ['go', [contents[4], contents[3]]],
    ['deploy -host', [contents[3]]],
    ['"deploy host"', [contents[0]]],
    ['"host deploy"', []],
    ['deploy nowhere', []],
    ['quarterly', ['quarterly-report.pdf']],
  ])('%s', (typed, expected) => {
    expect(found(typed)).toEqual(expected);
  });
});

test('filters narrow it by person, place, day and kind; of what only the server knows, nothing is found', () => {
  const scan = new TextScan();
  const { status: _s, statusText: _t, lastSeenAt: _l, ...sender } = ada;
  scan.put([
    entry(1, { content: 'see https://parley.test/a', sender }),
    entry(2, { content: 'hello @ada', mentions: [ada.id], conversationId: otherRoom }),
    entry(3, { content: 'a picture', type: 'image', attachments: [file('a.png', 'image/png')] }),
    entry(200_000, { content: 'days later' }),
  ]);
  const found = (typed: string) => scan.search(asks(typed)).map(({ id }) => id);
  expect(found('from:me')).toEqual([idOf(1)]);
  expect(found('from:@grace has:image')).toEqual([idOf(3)]);
  expect(found('has:link')).toEqual([idOf(1)]);
  expect(found('in:#ops')).toEqual([idOf(2)]);
  expect(found('in:"#design team" before:2027-01-16')).toEqual([idOf(3), idOf(1)]);
  expect(found('in:#nowhere')).toEqual([]);
  expect(found('is:mention')).toEqual([idOf(2)]);
  expect(found('after:today')).toEqual([idOf(200_000)]);
  expect(found('has:poll')).toEqual([]);
  expect(found('is:saved')).toEqual([]);
});

test('an older version of a message never replaces a newer one', () => {
  const scan = new TextScan();
  scan.put([entry(1, { content: 'after', rev: 5 })]);
  scan.put([entry(1, { content: 'before', rev: 2 })]);
  expect(scan.search(asks('before'))).toEqual([]);
  expect(scan.search(asks('after'))).toHaveLength(1);
});

// CPU time, because other programs use the same machine.
test('50,000 messages are searched in a few times the time that looking for a word in all of them takes', () => {
  const scan = new TextScan();
  const words = 'the deploy of host seven went well and nobody noticed anything until noon when somebody asked'.split(' ');
  const said = (at: number) => Array.from({ length: 14 }, (_, n) => words[(at * 7 + n * n) % words.length]).join(' ');
  const entries = Array.from({ length: 50_000 }, (_, at) => entry(at, { content: `${said(at)} ${at}` }));
  scan.put(entries);
  scan.search(asks('warm'));
  const texts = entries.map(({ content }) => foldToken(content));
  const lookThrough = () => texts.filter((text) => text.includes('absent'));
  // Twenty times as long is still less than the 30 ms in which nobody notices it.
  const allowed = 20;
  for (const typed of ['noon somebody', 'absent', '"went well" 49999', 'is:mention deploy']) {
    const question = asks(typed);
    expect(
      timesAsLong(() => scan.search(question), lookThrough, allowed),
      typed,
    ).toBeLessThan(allowed);
  }
});

describe('the store', () => {
  let index: { do: (request: Request) => Promise<SearchEntry[]> };

  /** As in a page that has just been loaded. */
  const open = async (ownerId: string) => {
    vi.resetModules();
    const { LocalIndex } = await import('@/client/search/local-index');
    index = new LocalIndex();
    await index.do({ kind: 'open', ownerId });
  };
  const found = async (typed: string) => (await index.do({ kind: 'search', question: asks(typed) })).map(({ id }) => id);
  const recent = (number: number, changes: Partial<Message> = {}) =>
    entry(number, { createdAt: new Date(Date.now() - 1_000 + number).toISOString(), ...changes });
  const put = (...entries: SearchEntry[]) => index.do({ kind: 'put', entries });

  beforeEach(async () => {
    vi.stubGlobal('indexedDB', new IDBFactory());
    await open('ada');
  });

  test('keeps messages for the next visit, with edits in them and without what was deleted', async () => {
    await put(recent(1), recent(2), recent(3));
    await put(recent(1, { content: 'edited', rev: 9 }));
    await index.do({ kind: 'remove', ids: [idOf(2)] });
    await open('ada');
    expect(await found('message')).toEqual([idOf(3)]);
    expect(await found('edited')).toEqual([idOf(1)]);
  });

  test('keeps nothing older than 90 days', async () => {
    const old = new Date(Date.now() - 91 * 86_400_000).toISOString();
    await put(recent(1), recent(2, { createdAt: old }));
    await open('ada');
    expect(await found('message')).toEqual([idOf(1)]);
  });

  test('is purged on signing out and when the session is revoked, and takes nothing afterwards', async () => {
    await put(recent(1));
    expect(await found('message')).toEqual([idOf(1)]);
    await index.do({ kind: 'purge' });
    await put(recent(2));
    expect(await found('message')).toEqual([]);
    await open('ada');
    expect(await found('message')).toEqual([]);
  });

  test('loses a conversation that one is no longer in, and only that', async () => {
    await put(recent(1), recent(2, { conversationId: otherRoom }));
    expect(await found('message')).toHaveLength(2);
    await index.do({ kind: 'forget', conversationIds: [roomId] });
    expect(await found('message')).toEqual([idOf(2)]);
    await open('ada');
    expect(await found('message')).toEqual([idOf(2)]);
  });

  test('loses every conversation that a whole list does not have', async () => {
    await put(recent(1), recent(2, { conversationId: otherRoom }));
    await index.do({ kind: 'keepOnly', conversationIds: [otherRoom] });
    await open('ada');
    expect(await found('message')).toEqual([idOf(2)]);
  });

  test('is another person’s once they sign in: nobody sees what the other one had', async () => {
    await put(recent(1));
    const former = index;
    await open('grace');
    expect(await found('message')).toEqual([]);
    // A tab of the first person is still open and writes.
    await former.do({ kind: 'put', entries: [recent(2)] });
    await open('grace');
    expect(await found('message')).toEqual([]);
    await open('ada');
    expect(await found('message')).toEqual([]);
  });

  test('a browser that cannot store searches what came since the page was loaded', async () => {
    vi.stubGlobal('indexedDB', undefined);
    await open('ada');
    await put(recent(1));
    expect(await found('message')).toEqual([idOf(1)]);
    await index.do({ kind: 'purge' });
    expect(await found('message')).toEqual([]);
  });
});

function file(name: string, mimeType: string): Message['attachments'][number] {
  return { id: name, name, size: 1, mimeType, url: '', width: null, height: null, duration: null, thumbnailUrl: null };
}
