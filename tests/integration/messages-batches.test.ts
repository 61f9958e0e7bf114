import { expect, test } from 'vitest';
import { pool } from '@/lib/platform/db/pool';
import { prisma } from '@/lib/platform/db/prisma';
import { insertGroup } from '@/tests/support/conversations';
import { cast, type Person } from '@/tests/support/people';

const { ada, grace, linus, mallory } = await cast('ada', 'grace', 'linus', 'mallory');

interface Line {
  room: string;
  sender: Person;
  key: string;
  type?: 'TEXT' | 'SYSTEM';
}

/** Stores many messages in one commit, with parley_send. */
async function send(lines: Line[]) {
  const { rows } = await pool().query<{ status: string; seq: number; rev: number; id: string; readTo: number | null }>(
    'SELECT * FROM parley_send($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::jsonb[])',
    [
      lines.map((line) => line.room),
      lines.map((line) => line.sender.id),
      lines.map((line) => line.key),
      lines.map((line) => line.type ?? 'TEXT'),
      lines.map((line) => line.key),
      lines.map(() => null),
      lines.map(() => null),
    ],
  );
  return rows;
}

async function pointerOf(room: string, person: Person) {
  const where = { conversationId_userId: { conversationId: room, userId: person.id } };
  const { lastReadSeq, ownSinceRead } = await prisma().participant.findUniqueOrThrow({ where });
  return { lastReadSeq, ownSinceRead };
}

test('a batch numbers each conversation separately and answers in the order of its input', async () => {
  const [one, two] = [await insertGroup([ada, grace]), await insertGroup([ada, grace])];
  const rows = await send([
    { room: one, sender: ada, key: 'a' },
    { room: two, sender: grace, key: 'a' },
    { room: one, sender: grace, key: 'b' },
    { room: one, sender: mallory, key: 'c' },
    { room: one, sender: ada, key: 'a' },
    { room: two, sender: ada, key: 'note', type: 'SYSTEM' },
  ]);
  expect(rows.map(({ status, seq, rev }) => [status, seq, rev])).toEqual([
    ['new', 1, 1],
    ['new', 1, 1],
    ['new', 2, 2],
    ['NOT_FOUND', null, null],
    ['again', 1, 1],
    ['new', 1, 2],
  ]);
  expect(rows[4]?.id).toBe(rows[0]?.id);
});

test('in a batch, own messages move the pointer only up to the first message of somebody else', async () => {
  const room = await insertGroup([ada, grace, linus]);
  const rows = await send([
    { room, sender: ada, key: '1' },
    { room, sender: ada, key: '2' },
    { room, sender: grace, key: '3' },
    { room, sender: ada, key: '4' },
  ]);
  expect(rows.map(({ readTo }) => readTo)).toEqual([2, 2, null, null]);
  expect(await pointerOf(room, ada)).toEqual({ lastReadSeq: 2, ownSinceRead: 1 });
  expect(await pointerOf(room, grace)).toEqual({ lastReadSeq: 0, ownSinceRead: 1 });
  expect(await pointerOf(room, linus)).toEqual({ lastReadSeq: 0, ownSinceRead: 0 });
  await send([
    { room, sender: linus, key: '5' },
    { room, sender: linus, key: '6' },
  ]);
  expect(await pointerOf(room, linus)).toEqual({ lastReadSeq: 0, ownSinceRead: 2 });
});

test('ids keep rising when the clock stands still or goes back', async () => {
  const room = await insertGroup([ada, grace]);
  const future = 'ffffffff-0000-7000-8000-000000000000';
  await prisma().conversation.update({ where: { id: room }, data: { headId: '0fffffff-ffff-7fff-8000-000000000000' } });
  const rows = await send([
    { room, sender: ada, key: '1' },
    { room, sender: ada, key: '2' },
  ]);
  const [first] = await send([{ room, sender: ada, key: '3' }]);
  const ids = [...rows, first!].map(({ id }) => id);
  expect(ids).toEqual([...ids].sort());
  expect(ids.every((id) => id > '0fffffff-ffff-7fff' && id < future)).toBe(true);
});
