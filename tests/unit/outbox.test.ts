import { eventually } from '@/tests/support/eventually';
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '@/client/api/api';
import { sayRefusal } from '@/client/intl/problems';
import { discard, drainAll, openOutbox, retry, send, settle } from '@/client/outbox/outbox';
import type { Draft } from '@/client/outbox/outgoing';
import { all, useOutboxStore } from '@/client/outbox/state';
import { keep, recall } from '@/client/outbox/storage';
import { isConnected, request } from '@/client/socket/socket';
import { serialize } from '@/lib/platform/async/serialize';
import { english } from '@/tests/support/english';
import { stored } from '@/tests/unit/cast';

// Node has no Web Locks before version 24.
vi.stubGlobal('navigator', { locks: { request: serialize } });
vi.mock('@/client/socket/socket', () => ({ request: vi.fn(), isConnected: vi.fn() }));

const room = 'room';
const draftOf = (content: string, conversationId = room): Draft => ({
  conversationId,
  content,
  replyTo: null,
  attachments: [],
});
/** Each person has a separate browser, unless a test says otherwise. */
let ada = '';
let close = () => {};
let people = 0;
const sent = () => vi.mocked(request).mock.calls.map(([, input]) => (input as { content: string }).content);
const states = () => all().map(({ content, state }) => `${content}: ${state}`);

beforeEach(() => {
  people += 1;
  ada = `ada-${people}`;
  vi.mocked(isConnected).mockReturnValue(true);
  vi.mocked(request).mockReset().mockResolvedValue(stored);
  close = openOutbox(ada);
});

afterEach(() => {
  close();
  vi.useRealTimers();
});

/** The state after a reload or a crash: memory is lost, storage is not. */
function reload(): void {
  close();
  close = openOutbox(ada);
}

test('messages are sent in the order of writing, and removed when they are stored', async () => {
  for (const text of ['one', 'two', 'three']) send(ada, draftOf(text));
  expect(states()).toEqual(['one: sending', 'two: sending', 'three: sending']);
  await eventually(() => expect(states()).toEqual(['one: sent', 'two: sent', 'three: sent']));
  expect(sent()).toEqual(['one', 'two', 'three']);
  await eventually(async () => expect(await recall(ada)).toEqual([]));
  settle(() => true);
  expect(all()).toEqual([]);
});

test('messages written offline survive a crash, and are sent once, in order, with the same ids', async () => {
  vi.mocked(isConnected).mockReturnValue(false);
  for (const text of ['one', 'two', 'three']) send(ada, draftOf(text));
  await eventually(async () => expect(await recall(ada)).toHaveLength(3));
  const ids = all().map(({ clientMessageId }) => clientMessageId);
  reload();
  expect(all()).toEqual([]);
  await eventually(() => expect(all().map(({ clientMessageId }) => clientMessageId)).toEqual(ids));
  expect(request).not.toHaveBeenCalled();

  vi.mocked(isConnected).mockReturnValue(true);
  drainAll();
  await eventually(() => expect(sent()).toEqual(['one', 'two', 'three']));
  expect(vi.mocked(request).mock.calls.map(([, input]) => (input as { clientMessageId: string }).clientMessageId)).toEqual(ids);
});

test('a message whose answer is lost is sent again with the same id', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  vi.mocked(request).mockRejectedValueOnce(new ApiError({ code: 'UNAVAILABLE', message: 'No answer.' }));
  send(ada, draftOf('again'));
  await eventually(() => expect(request).toHaveBeenCalledTimes(1));
  await vi.advanceTimersByTimeAsync(5_000);
  await eventually(() => expect(states()).toEqual(['again: sent']));
  const [first, second] = vi.mocked(request).mock.calls;
  expect(second).toEqual(first);
  vi.useRealTimers();
  await eventually(async () => expect(await recall(ada)).toEqual([]));
});

test('a refused message stays with its reason, and the next ones are sent', async () => {
  vi.mocked(request).mockRejectedValueOnce(
    new ApiError({
      code: 'VALIDATION_FAILED',
      message: 'No.',
      fields: { content: 'At most 8000 characters.' },
      fieldReasons: { content: 'TOO_LONG' },
    }),
  );
  send(ada, draftOf('bad'));
  send(ada, draftOf('good'));
  await eventually(() => expect(states()).toEqual(['bad: failed', 'good: sent']));
  const { problem } = all()[0] ?? {};
  expect(typeof problem === 'object' && sayRefusal(problem, english('errors'))).toBe('This is too long.');
  reload();
  await eventually(() => expect(states()).toEqual(['bad: failed']));

  const [failed] = all();
  retry(failed?.clientMessageId ?? '');
  await eventually(() => expect(states()).toEqual(['bad: sent']));
  expect(all()[0]?.problem).toBeUndefined();
});

test('a discarded message is never sent', async () => {
  vi.mocked(isConnected).mockReturnValue(false);
  send(ada, draftOf('never'));
  await eventually(async () => expect(await recall(ada)).toHaveLength(1));
  expect(discard(all()[0]?.clientMessageId ?? '')?.content).toBe('never');
  await eventually(async () => expect(await recall(ada)).toEqual([]));
  vi.mocked(isConnected).mockReturnValue(true);
  reload();
  drainAll();
  expect(all()).toEqual([]);
  expect(request).not.toHaveBeenCalled();
});

test('a message of last week is not sent behind its writer’s back', async () => {
  vi.mocked(isConnected).mockReturnValue(false);
  send(ada, draftOf('stale'));
  await eventually(async () => expect(await recall(ada)).toHaveLength(1));
  const weekLater = Date.now() + 8 * 24 * 60 * 60_000;
  vi.useFakeTimers({ toFake: ['Date'], now: weekLater });
  vi.mocked(isConnected).mockReturnValue(true);
  drainAll();
  await eventually(() => expect(states()).toEqual(['stale: failed']));
  expect(request).not.toHaveBeenCalled();
  retry(all()[0]?.clientMessageId ?? '');
  await eventually(() => expect(states()).toEqual(['stale: sent']));
});

test('one person’s outbox is not another’s, in the same browser', async () => {
  vi.mocked(isConnected).mockReturnValue(false);
  send(ada, draftOf('for Ada’s eyes'));
  await eventually(async () => expect(await recall(ada)).toHaveLength(1));
  close();
  vi.mocked(isConnected).mockReturnValue(true);
  close = openOutbox('bob');
  await keep({ ...draftOf('Bob’s'), senderId: 'bob', clientMessageId: 'b', createdAt: '', position: 1, state: 'failed' });
  expect(await recall('bob')).toHaveLength(1);
  expect(await recall(ada)).toHaveLength(1);
  expect(request).not.toHaveBeenCalled();
});

test('messages of two tabs are in the order of writing', async () => {
  const written = { ...draftOf('x'), senderId: ada, createdAt: '', position: 1, state: 'failed' as const };
  const kept = await Promise.all(['a', 'b', 'c'].map((clientMessageId) => keep({ ...written, clientMessageId })));
  expect(kept.map(({ position }) => position)).toEqual([1, 2, 3]);
  expect((await recall(ada)).map(({ clientMessageId }) => clientMessageId)).toEqual(['a', 'b', 'c']);
});

test('a conversation with a failing message does not delay others', async () => {
  vi.mocked(request).mockImplementation(async (_event, input) => {
    if ((input as Draft).conversationId === 'stuck') return new Promise(() => {});
    return stored;
  });
  send(ada, draftOf('first', 'stuck'));
  send(ada, draftOf('second', 'free'));
  await eventually(() => expect(states()).toEqual(['first: sending', 'second: sent']));
  useOutboxStore.setState({ outgoing: [] });
});
