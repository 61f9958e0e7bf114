import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test, vi } from 'vitest';
import { getConversation } from '@/lib/domain/conversations/conversation';
import { deleteMessage, editMessage } from '@/lib/domain/messages/message';
import { receiptsEveryMs } from '@/lib/domain/receipts/batches';
import { markDelivered, markRead, markUnread } from '@/lib/domain/receipts/receipt';
import { chatRoom, userRoom } from '@/lib/domain/rooms';
import { prisma } from '@/lib/platform/db/prisma';
import { resetSingleton } from '@/lib/platform/process/singleton';
import { insertGroup } from '@/tests/support/conversations';
import { captureEvents } from '@/tests/support/events';
import { cast, createPerson } from '@/tests/support/people';
import { codeOf, say, sayMany } from '@/tests/support/talk';

process.env.RATE_LIMIT_MESSAGE = '1000/60';

const { ada, grace, linus, mallory } = await cast('ada', 'grace', 'linus', 'mallory');

// Discards pending receipts, so that they do not arrive during the next test.
beforeEach(() => resetSingleton('receipts'));

test('reading moves forward only, never past the end, and by default to the end', async () => {
  const room = await insertGroup([ada, grace]);
  await sayMany(ada, room, 5);
  expect(await markRead(grace.id, room, 2)).toEqual({ lastReadSeq: 2, unreadCount: 3 });
  expect(await markRead(grace.id, room, 1)).toEqual({ lastReadSeq: 2, unreadCount: 3 });
  expect(await markRead(grace.id, room, 1_000)).toEqual({ lastReadSeq: 5, unreadCount: 0 });
  await say(ada, room, 'Another');
  expect(await markRead(grace.id, room)).toEqual({ lastReadSeq: 6, unreadCount: 0 });
});

test('only unread moves back: that message and later ones count again, without own ones', async () => {
  const room = await insertGroup([ada, grace]);
  await sayMany(ada, room, 3);
  await markRead(grace.id, room);
  await say(grace, room, 'Mine');
  await say(ada, room, 'Fifth');
  await markRead(grace.id, room);
  expect(await markUnread(grace.id, room, 2)).toEqual({ lastReadSeq: 1, unreadCount: 3 });
  expect(await markUnread(grace.id, room, 4), 'does not go forward').toEqual({ lastReadSeq: 1, unreadCount: 3 });
  expect(await codeOf(markUnread(grace.id, room, 6))).toBe('VALIDATION_FAILED');
  expect(await markRead(grace.id, room, 3)).toEqual({ lastReadSeq: 3, unreadCount: 1 });
});

test("one's own devices get a moved pointer once, with mentions", async () => {
  const room = await insertGroup([ada, grace]);
  await say(ada, room, 'One');
  await say(ada, room, 'For @grace');
  const capture = captureEvents();
  await markRead(grace.id, room, 1);
  await markRead(grace.id, room, 1);
  const told = capture.named('read.updated');
  expect(told).toHaveLength(1);
  expect(told[0]?.rooms).toEqual([userRoom(grace.id)]);
  expect(told[0]?.payload).toEqual({ conversationId: room, lastReadSeq: 1, unreadCount: 1, mentionCount: 1, version: 1 });
  await markRead(grace.id, room);
  expect(capture.named('read.updated')[1]?.payload.mentionCount).toBe(0);
});

test('each read.updated has a greater version, whatever caused it, and answers carry the latest', async () => {
  const room = await insertGroup([ada, grace]);
  const mention = await say(ada, room, 'For @grace');
  const capture = captureEvents();
  const version = async () => (await getConversation(grace.id, room)).me?.readVersion;
  await editMessage(ada.id, mention.id, 'For nobody');
  await editMessage(ada.id, mention.id, 'For @grace after all');
  await markRead(grace.id, room);
  await say(grace, room, 'An own one');
  await Promise.all([say(grace, room, 'Another'), say(grace, room, 'And another')]);
  await markUnread(grace.id, room, 1);
  await deleteMessage(ada.id, mention.id);
  const versions = capture
    .named('read.updated')
    .filter(({ rooms }) => rooms[0] === userRoom(grace.id))
    .map(({ payload }) => payload.version);
  expect(versions.length).toBeGreaterThan(5);
  expect(versions).toEqual([...new Set(versions)].toSorted((one, other) => one - other));
  expect(await version()).toBe(versions.at(-1));
  capture.clear();
  // New messages and repeated reports do not change it.
  await say(ada, room, 'One more');
  await markRead(grace.id, room, 0);
  expect(await version()).toBe(versions.at(-1));
});

test('a client with the conversation on screen gets the first receipt at once and the rest of the second together', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  try {
    const room = await insertGroup([ada, grace, linus]);
    await sayMany(ada, room, 3);
    const capture = captureEvents();
    await markRead(grace.id, room, 1);
    const read = () =>
      capture.named('message.read').map(({ payload }) => payload.receipts.map(({ userId, seq }) => [userId, seq]));
    expect(capture.named('message.read')[0]?.rooms).toEqual([chatRoom(room)]);
    await markRead(linus.id, room, 1);
    await markRead(linus.id, room, 2);
    await markRead(grace.id, room, 3);
    expect(read()).toEqual([[[grace.id, 1]]]);
    vi.advanceTimersByTime(receiptsEveryMs);
    expect(read()[1]).toEqual([
      [linus.id, 2],
      [grace.id, 3],
    ]);
    await markRead(linus.id, room, 3);
    expect(read()).toHaveLength(2);
    vi.advanceTimersByTime(receiptsEveryMs);
    expect(read()[2]).toEqual([[linus.id, 3]]);
    vi.advanceTimersByTime(receiptsEveryMs);
    await say(ada, room, 'Later');
    await markRead(grace.id, room);
    expect(read()[3]).toEqual([[grace.id, 4]]);
  } finally {
    vi.useRealTimers();
  }
});

test('moving the pointer back is announced to nobody else', async () => {
  const room = await insertGroup([ada, grace]);
  await sayMany(ada, room, 3);
  await markRead(grace.id, room);
  const capture = captureEvents();
  await markUnread(grace.id, room, 1);
  expect(capture.events.map(({ event }) => event)).toEqual(['read.updated']);
});

test('delivered moves its own watermark, forward only, and is announced for up to 50 people', async () => {
  const room = await insertGroup([ada, grace]);
  await sayMany(ada, room, 3);
  const capture = captureEvents();
  expect(await markDelivered(grace.id, room, 2)).toEqual({ lastReadSeq: 0, unreadCount: 3 });
  expect(await markDelivered(grace.id, room, 1)).toEqual({ lastReadSeq: 0, unreadCount: 3 });
  const [heard, ...more] = capture.named('message.delivered');
  expect(more).toEqual([]);
  expect(heard).toMatchObject({ rooms: [chatRoom(room)], payload: { receipts: [{ userId: grace.id, seq: 2 }] } });
  expect(capture.named('read.updated')).toEqual([]);
});

test('in a group of more than 50 delivered is not announced', async () => {
  const crowd = await Promise.all(Array.from({ length: 50 }, () => createPerson()));
  const room = await insertGroup([ada, ...crowd]);
  await say(ada, room, 'Hello all');
  const capture = captureEvents();
  await markDelivered(crowd[0]!.id, room, 1);
  expect(capture.events).toEqual([]);
  const where = { conversationId_userId: { conversationId: room, userId: crowd[0]!.id } };
  expect((await prisma().participant.findUniqueOrThrow({ where })).lastDeliveredSeq).toBe(1);
});

test('an outsider cannot read or mark anything there', async () => {
  const room = await insertGroup([ada, grace]);
  await say(ada, room, 'Secret');
  const capture = captureEvents();
  for (const place of [room, randomUUID()]) {
    expect(await codeOf(markRead(mallory.id, place))).toBe('NOT_FOUND');
    expect(await codeOf(markUnread(mallory.id, place, 1))).toBe('NOT_FOUND');
    expect(await codeOf(markDelivered(mallory.id, place, 1))).toBe('NOT_FOUND');
  }
  expect(capture.events).toEqual([]);
});
