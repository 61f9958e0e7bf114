import { expect, test } from 'vitest';
import { listMessages } from '@/lib/domain/messages/message';
import { ParleyError } from '@/lib/platform/errors/error';
import { insertGroup } from '@/tests/support/conversations';
import { captureEvents } from '@/tests/support/events';
import { holdConnection, lockRow } from '@/tests/support/locks';
import { cast } from '@/tests/support/people';
import { codeOf, say } from '@/tests/support/talk';

process.env.RATE_LIMIT_MESSAGE = '100000/60';

const { ada, grace } = await cast('ada', 'grace');

const lastSeqOf = async (room: string) => (await listMessages(ada.id, room, { limit: 1 })).messages[0]?.seq ?? 0;

test('a full queue refuses at once with retryAfter; the accepted messages are stored', async () => {
  const room = await insertGroup([ada, grace]);
  const hold = holdConnection();
  const first = say(ada, room, 'first');
  await hold.isAwaited;
  const taken = Array.from({ length: 4_999 }, (_, n) => say(ada, room, `${n}`));
  const began = performance.now();
  const refused = await say(ada, room, 'One too many').catch((error) => error);
  expect(performance.now() - began).toBeLessThan(1_000);
  expect(refused).toBeInstanceOf(ParleyError);
  expect(refused.toWire()).toMatchObject({ code: 'UNAVAILABLE', retryAfter: 1 });
  hold.release();
  await Promise.all([first, ...taken]);
  expect(await lastSeqOf(room)).toBe(5_000);
  expect((await say(ada, room, 'Room again')).seq).toBe(5_001);
});

test('large messages fill the queue sooner: its memory is bounded', async () => {
  const room = await insertGroup([ada, grace]);
  const hold = holdConnection();
  const first = say(ada, room, 'first');
  await hold.isAwaited;
  const large = 'x'.repeat(8_000);
  const outcomes = Promise.all(Array.from({ length: 2_200 }, () => codeOf(say(ada, room, large))));
  hold.release();
  const refused = (await outcomes).filter((code) => code === 'UNAVAILABLE');
  await first;
  expect(refused.length).toBeGreaterThan(50);
  expect(refused.length).toBeLessThan(200);
  expect(await lastSeqOf(room)).toBe(1 + 2_200 - refused.length);
});

test('a connection lost during a batch fails the whole batch, and nothing is stored or announced', async () => {
  const room = await insertGroup([ada, grace]);
  const capture = captureEvents();
  const lock = await lockRow('Conversation', room);
  const cut = codeOf(say(ada, room, 'Cut off'));
  await lock.isAwaited();
  const next = Array.from({ length: 10 }, (_, n) => codeOf(say(ada, room, `${n}`)));
  await lock.cutWaiting();
  expect(await cut).toBe('UNAVAILABLE');
  await lock.isAwaited();
  await lock.cutWaiting();
  expect(await Promise.all(next)).toEqual(next.map(() => 'UNAVAILABLE'));
  await lock.release();
  expect(capture.events).toEqual([]);
  expect((await say(ada, room, 'After')).seq).toBe(1);
});

test('one locked conversation delays the others once, and then waits separately, in order', async () => {
  const [locked, free] = [await insertGroup([ada, grace]), await insertGroup([ada, grace])];
  const lock = await lockRow('Conversation', locked);
  const first = codeOf(say(ada, locked, 'gives up'));
  await lock.isAwaited();
  // After 2 s the conversation is known to be locked, and its later messages wait in a separate queue.
  expect(await first).toBe('UNAVAILABLE');
  const done: string[] = [];
  const waiting = ['one', 'two'].map((content) => say(ada, locked, content).then(() => done.push(content)));
  await lock.isAwaited();
  for (let n = 0; n < 20; n += 1) await say(grace, free, `${n}`);
  expect(done).toEqual([]);
  await lock.release();
  await Promise.all(waiting);
  expect(done).toEqual(['one', 'two']);
  expect((await say(ada, locked, 'three')).seq).toBe(3);
});

test('a batch with one locked conversation stores the rest, and that conversation gives up', async () => {
  const rooms = [await insertGroup([ada, grace]), await insertGroup([ada, grace]), await insertGroup([ada, grace])];
  const [locked = '', ...free] = rooms;
  const lock = await lockRow('Conversation', locked);
  const gate = await lockRow('Conversation', free[0] ?? '');
  const first = say(ada, free[0] ?? '', 'first');
  await gate.isAwaited();
  const batch = rooms.flatMap((room) => ['one', 'two'].map((content) => codeOf(say(ada, room, content))));
  await gate.release();
  await first;
  expect(await Promise.all(batch.slice(2))).toEqual(Array(4).fill('none: it was allowed'));
  expect(await Promise.all(batch.slice(0, 2))).toEqual(Array(2).fill('UNAVAILABLE'));
  expect(await Promise.all(free.map(lastSeqOf))).toEqual([3, 2]);
  await lock.release();
  expect((await say(ada, locked, 'at last')).seq).toBe(1);
});
