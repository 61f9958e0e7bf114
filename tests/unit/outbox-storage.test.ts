import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { serialize } from '@/lib/platform/async/serialize';
import { eventually } from '@/tests/support/eventually';
import { stored } from '@/tests/unit/cast';

vi.mock('@/client/socket/socket', () => ({ request: vi.fn(), isConnected: vi.fn() }));

const written = ['one', 'two', 'three'];
let outbox: typeof import('@/client/outbox/outbox');
let state: typeof import('@/client/outbox/state');
let socket: typeof import('@/client/socket/socket');
const states = () => state.all().map(({ content, state }) => `${content}: ${state}`);
const sent = () => vi.mocked(socket.request).mock.calls.map(([, input]) => (input as { content: string }).content);
let close = () => {};

/** Each time as in a page that has just been loaded. */
beforeEach(async () => {
  vi.resetModules();
  outbox = await import('@/client/outbox/outbox');
  state = await import('@/client/outbox/state');
  socket = await import('@/client/socket/socket');
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('navigator', { locks: { request: serialize } });
  vi.mocked(socket.request).mockReset().mockResolvedValue(stored);
});

afterEach(() => {
  close();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const refuse = (name: string) => () => {
  throw new DOMException('Not here.', name);
};

const Unanswered = IDBOpenDBRequest as unknown as new () => IDBOpenDBRequest;

/** Every way in which a browser's storage can fail. */
const without: [what: string, take: () => void][] = [
  ['no IndexedDB', () => vi.stubGlobal('indexedDB', undefined)],
  ['IndexedDB forbidden', () => void vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(refuse('SecurityError'))],
  ['an IndexedDB that never answers', () => vi.stubGlobal('indexedDB', { open: () => new Unanswered() })],
  ['an IndexedDB of a later version', () => vi.stubGlobal('indexedDB', { open: () => failing('VersionError') })],
  ['an IndexedDB that is damaged', () => vi.stubGlobal('indexedDB', { open: () => failing('UnknownError') })],
  [
    'an IndexedDB that fails later',
    () => void vi.spyOn(IDBObjectStore.prototype, 'index').mockImplementation(refuse('InvalidStateError')),
  ],
  ['no room left', () => void vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(refuse('QuotaExceededError'))],
  ['no room left when it is written', () => void vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(fullLater)],
];

test.each(without)('with %s messages are sent all the same, in order, and are shown as not stored', async (_, take) => {
  take();
  vi.mocked(socket.isConnected).mockReturnValue(true);
  close = outbox.openOutbox('ada');
  for (const content of written) outbox.send('ada', { conversationId: 'room', content, replyTo: null, attachments: [] });
  await eventually(() => expect(states()).toEqual(written.map((content) => `${content}: sent`)));
  expect(sent()).toEqual(written);
  expect(state.useOutboxStore.getState().isKept).toBe(false);
});

test.each(without)('with %s messages written offline wait in memory, and are sent once, in order', async (_, take) => {
  take();
  vi.mocked(socket.isConnected).mockReturnValue(false);
  close = outbox.openOutbox('ada');
  for (const content of written) outbox.send('ada', { conversationId: 'room', content, replyTo: null, attachments: [] });
  await eventually(() => expect(state.useOutboxStore.getState().isKept).toBe(false));
  expect(states()).toEqual(written.map((content) => `${content}: sending`));
  expect(socket.request).not.toHaveBeenCalled();
  vi.mocked(socket.isConnected).mockReturnValue(true);
  outbox.drainAll();
  await eventually(() => expect(states()).toEqual(written.map((content) => `${content}: sent`)));
  expect(sent()).toEqual(written);
});

test.each([
  ['no Web Locks', undefined],
  ['Web Locks that are refused', { request: () => Promise.reject(new DOMException('Not here.', 'SecurityError')) }],
])('with %s messages go out, in order', async (_, locks) => {
  vi.stubGlobal('navigator', { locks });
  vi.mocked(socket.isConnected).mockReturnValue(true);
  close = outbox.openOutbox('ada');
  for (const content of written) outbox.send('ada', { conversationId: 'room', content, replyTo: null, attachments: [] });
  await eventually(() => expect(states()).toEqual(written.map((content) => `${content}: sent`)));
  expect(sent()).toEqual(written);
});

test.each([
  ['no BroadcastChannel', undefined],
  ['a BroadcastChannel that is refused', refuse('SecurityError')],
])('with %s a tab is alone, and sends', async (_, channel) => {
  vi.stubGlobal('BroadcastChannel', channel);
  vi.mocked(socket.isConnected).mockReturnValue(true);
  close = outbox.openOutbox('ada');
  outbox.send('ada', { conversationId: 'room', content: 'one', replyTo: null, attachments: [] });
  await eventually(() => expect(states()).toEqual(['one: sent']));
  expect(state.useOutboxStore.getState().isKept).toBe(true);
});

/** The failure of opening a database. */
function failing(name: string): EventTarget {
  const request = Object.assign(new EventTarget(), { error: new DOMException('Not here.', name) });
  setTimeout(() => request.dispatchEvent(new Event('error')));
  return request;
}

/** A transaction that fails at its end because the disk is full. */
function fullLater(this: IDBObjectStore): IDBRequest {
  this.transaction.abort();
  return this.count();
}
