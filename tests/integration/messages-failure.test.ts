import { expect, test } from 'vitest';
import { editMessage } from '@/lib/domain/messages/message';
import { databaseFailure } from '@/lib/platform/db/failure';
import { pool } from '@/lib/platform/db/pool';
import { prisma } from '@/lib/platform/db/prisma';
import { transaction } from '@/lib/platform/db/sql';
import { ParleyError } from '@/lib/platform/errors/error';
import { insertGroup } from '@/tests/support/conversations';
import { cast } from '@/tests/support/people';
import { codeOf, say } from '@/tests/support/talk';

const { ada, grace } = await cast('ada', 'grace');

/** The error code that a client gets for a failed attempt. */
const heard = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'nothing',
    (error) => (error instanceof ParleyError ? error.code : (databaseFailure(error)?.code ?? error)),
  );

test('a conversation locked elsewhere is UNAVAILABLE after 2 seconds, and works again afterwards', async () => {
  const room = await insertGroup([ada, grace]);
  const { id } = await say(ada, room, 'Before');
  await transaction(async (client) => {
    await client.query('SELECT 1 FROM "Conversation" WHERE id = $1 FOR UPDATE', [room]);
    expect(await heard(say(ada, room, 'Meanwhile'))).toBe('UNAVAILABLE');
    expect(await heard(editMessage(ada.id, id, 'Meanwhile'))).toBe('UNAVAILABLE');
  });
  expect((await say(ada, room, 'After')).seq).toBe(2);
});

test('a broken connection is UNAVAILABLE, and the next message is stored', async () => {
  const room = await insertGroup([ada, grace]);
  const cut = transaction(async (client) => {
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const killing = pool().query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
    await Promise.all([client.query('SELECT pg_sleep(20)'), killing]);
  });
  expect(await heard(cut)).toBe('UNAVAILABLE');
  expect((await say(ada, room, 'After')).seq).toBe(1);
});

test('a transaction over its time limit is UNAVAILABLE', async () => {
  const slow = prisma().$transaction((tx) => tx.$queryRaw`SELECT 1 FROM pg_sleep(0.2)`, { timeout: 50 });
  expect(await slow.catch((error) => error.code)).toBe('P2028');
  expect(await heard(slow)).toBe('UNAVAILABLE');
});

test('refusals and our own bugs do not count as database failures', async () => {
  expect(databaseFailure(new TypeError('x is not a function'))).toBeNull();
  expect(
    databaseFailure(
      await pool()
        .query('SELECT nonsense')
        .catch((error) => error),
    ),
  ).toBeNull();
  expect(await codeOf(say(ada, crypto.randomUUID(), 'x'))).toBe('NOT_FOUND');
});
