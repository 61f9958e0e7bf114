import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { getConversation } from '@/lib/domain/conversations/conversation';
import { removeParticipant } from '@/lib/domain/participants/participant';
import { markManyRead, markRead, markUnread, undoMarkManyRead } from '@/lib/domain/receipts/receipt';
import { receiptUpkeep } from '@/lib/domain/receipts/upkeep';
import { chatRoom, userRoom } from '@/lib/domain/rooms';
import { pool } from '@/lib/platform/db/pool';
import { prisma } from '@/lib/platform/db/prisma';
import { resetSingleton } from '@/lib/platform/process/singleton';
import { insertGroup } from '@/tests/support/conversations';
import { captureEvents } from '@/tests/support/events';
import { createPerson, type Person } from '@/tests/support/people';
import { codeOf, say, sayMany } from '@/tests/support/talk';

process.env.RATE_LIMIT_MESSAGE = '10000/60';

beforeEach(() => resetSingleton('receipts'));

const all = { all: true } as const;
const unread = async (reader: Person, room: string) => {
  const { me } = await getConversation(reader.id, room);
  return [me?.lastReadSeq, me?.unreadCount, me?.mentionCount];
};

/** Two conversations with unread messages, and one that was read. */
async function stage() {
  const [ada, grace] = [await createPerson(), await createPerson()];
  const rooms = [await insertGroup([ada, grace]), await insertGroup([ada, grace]), await insertGroup([ada, grace])];
  const [first = '', second = '', read = ''] = rooms;
  await sayMany(ada, first, 3);
  await markRead(grace.id, first, 1);
  await say(grace, first, 'An own one');
  await sayMany(ada, second, 2);
  await say(ada, second, `For @${grace.handle}`);
  await say(ada, read, 'Read');
  await markRead(grace.id, read);
  return { ada, grace, first, second, read };
}

test('all conversations are read up to their ends, each of one’s own devices hears it, and others see that they are read', async () => {
  const { grace, first, second } = await stage();
  resetSingleton('receipts');
  const capture = captureEvents();
  const { undo } = await markManyRead(grace.id, all);
  expect(undo).toMatch(/^[0-9a-f-]{36}$/);
  expect(await unread(grace, first)).toEqual([4, 0, 0]);
  expect(await unread(grace, second)).toEqual([3, 0, 0]);
  const heard = capture.named('read.updated');
  expect(heard.map(({ rooms, payload }) => [rooms, payload.conversationId, payload.lastReadSeq]).sort()).toEqual(
    [
      [[userRoom(grace.id)], first, 4],
      [[userRoom(grace.id)], second, 3],
    ].sort(),
  );
  for (const { payload } of heard) {
    expect(payload).toMatchObject({ unreadCount: 0, mentionCount: 0 });
    expect((await getConversation(grace.id, payload.conversationId)).me?.readVersion).toBe(payload.version);
  }
  const seen = capture.named('message.read').map(({ rooms, payload }) => [rooms, payload.receipts.map(({ seq }) => seq)]);
  expect(seen.sort()).toEqual(
    [
      [[chatRoom(first)], [4]],
      [[chatRoom(second)], [3]],
    ].sort(),
  );
});

test('only the named conversations are read', async () => {
  const { grace, first, second } = await stage();
  await markManyRead(grace.id, { conversationIds: [second] });
  expect(await unread(grace, first)).toEqual([1, 2, 0]);
  expect(await unread(grace, second)).toEqual([3, 0, 0]);
});

test('one statement does it, however many conversations there are', async () => {
  const [ada, grace] = [await createPerson(), await createPerson()];
  for (let made = 0; made < 12; made += 1) await say(ada, await insertGroup([ada, grace]), 'Hello');
  const statements: string[] = [];
  const { query } = pool();
  pool().query = ((...given: [{ text: string }]) => {
    statements.push(given[0].text);
    return Reflect.apply(query, pool(), given);
  }) as never;
  try {
    const { undo } = await markManyRead(grace.id, all);
    expect((await undoMarkManyRead(grace.id, undo)).conversationIds).toHaveLength(12);
  } finally {
    pool().query = query;
  }
  expect(statements).toHaveLength(2);
});

test('undoing makes the same messages unread again, of which only one’s own devices hear', async () => {
  const { grace, first, second } = await stage();
  const { undo } = await markManyRead(grace.id, all);
  resetSingleton('receipts');
  const capture = captureEvents();
  expect((await undoMarkManyRead(grace.id, undo)).conversationIds.sort()).toEqual([first, second].sort());
  expect(await unread(grace, first)).toEqual([1, 2, 0]);
  expect(await unread(grace, second)).toEqual([0, 3, 1]);
  expect(capture.events.map(({ rooms, event }) => [rooms, event])).toEqual(
    [1, 2].map(() => [[userRoom(grace.id)], 'read.updated']),
  );
  expect(await undoMarkManyRead(grace.id, undo), 'again').toEqual({ conversationIds: [] });
  expect(await unread(grace, first)).toEqual([1, 2, 0]);
});

test('undoing leaves alone what was read further, marked unread, or left in the meantime', async () => {
  const { ada, grace, first, second, read } = await stage();
  await say(ada, read, 'New');
  const { undo } = await markManyRead(grace.id, all);
  await say(ada, first, 'Newer');
  await markRead(grace.id, first);
  await markUnread(grace.id, second, 3);
  await removeParticipant(grace.id, read, grace.id);
  expect(await undoMarkManyRead(grace.id, undo)).toEqual({ conversationIds: [] });
  expect(await unread(grace, first)).toEqual([5, 0, 0]);
  expect(await unread(grace, second)).toEqual([2, 1, 1]);
});

test('new messages after marking stay unread after undoing, too', async () => {
  const { ada, grace, second } = await stage();
  const { undo } = await markManyRead(grace.id, all);
  await say(ada, second, 'New');
  await undoMarkManyRead(grace.id, undo);
  expect(await unread(grace, second)).toEqual([0, 4, 1]);
});

test('where nothing is unread there is nothing to undo', async () => {
  const grace = await createPerson();
  const capture = captureEvents();
  const { undo } = await markManyRead(grace.id, all);
  expect(await undoMarkManyRead(grace.id, undo)).toEqual({ conversationIds: [] });
  expect(capture.events).toEqual([]);
});

test('an undo is one’s own, and is over after a day', async () => {
  const { ada, grace, first } = await stage();
  const { undo } = await markManyRead(grace.id, all);
  for (const [person, id] of [
    [ada, undo],
    [grace, randomUUID()],
  ] as const)
    expect(await codeOf(undoMarkManyRead(person.id, id))).toBe('NOT_FOUND');
  expect(await unread(grace, first)).toEqual([4, 0, 0]);
  await prisma().readUndo.update({ where: { id: undo }, data: { createdAt: new Date(Date.now() - 86_401_000) } });
  expect(await codeOf(undoMarkManyRead(grace.id, undo))).toBe('NOT_FOUND');
  const { undo: young } = await markManyRead(grace.id, all);
  const lease = { transaction: (work: (client: unknown) => unknown) => work(pool()) };
  for (const [, prune] of receiptUpkeep) await prune(lease as never);
  expect((await prisma().readUndo.findMany({ where: { userId: grace.id } })).map(({ id }) => id)).toEqual([young]);
});

test('an outsider marks nothing there, and is told nothing', async () => {
  const { ada, grace, first } = await stage();
  const mallory = await createPerson();
  const before = await unread(grace, first);
  const capture = captureEvents();
  const hidden = await markManyRead(mallory.id, { conversationIds: [first] });
  const absent = await markManyRead(mallory.id, { conversationIds: [randomUUID()] });
  expect(Object.keys(hidden)).toEqual(Object.keys(absent));
  expect(await undoMarkManyRead(mallory.id, hidden.undo)).toEqual({ conversationIds: [] });
  expect(capture.events).toEqual([]);
  expect(await unread(grace, first)).toEqual(before);
  await removeParticipant(ada.id, first, grace.id);
  await markManyRead(grace.id, { conversationIds: [first] });
  const where = { conversationId_userId: { conversationId: first, userId: grace.id } };
  expect((await prisma().participant.findUniqueOrThrow({ where })).lastReadSeq).toBe(1);
});

test('marking while people send, twice at once, ends without a deadlock and leaves nothing unread that was there before', async () => {
  const { ada, grace, first, second, read } = await stage();
  const rooms = [first, second, read];
  const sends = rooms.flatMap((room) => Array.from({ length: 10 }, (_, n) => say(n % 2 ? ada : grace, room, `Message ${n}`)));
  const marks = Array.from({ length: 6 }, () => markManyRead(grace.id, all));
  await Promise.all([...sends, ...marks]);
  await markManyRead(grace.id, all);
  for (const room of rooms) expect((await unread(grace, room))[1]).toBe(0);
});
