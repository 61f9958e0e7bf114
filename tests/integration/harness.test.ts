import { expect, test } from 'vitest';
import { userRoom } from '@/lib/domain/rooms';
import { pool } from '@/lib/platform/db/pool';
import { prisma } from '@/lib/platform/db/prisma';
import { emit } from '@/lib/platform/realtime/emit';
import { captureEvents } from '@/tests/support/events';
import { cast } from '@/tests/support/people';

test('a test file has its own migrated database', async () => {
  const { rows } = await pool().query<{ name: string }>('SELECT current_database() AS name');
  expect(rows[0]?.name).toMatch(/^parley_test_[0-9a-f]{8}_[0-9a-f]{8}$/);
  expect(await prisma().user.count()).toBe(0);
});

test('a test can read the events that the domain broadcasts', async () => {
  const { ada } = await cast('ada');
  const capture = captureEvents();
  emit(userRoom(ada.id), 'token.expired', { reason: 'revoked' });
  expect(capture.heardBy(userRoom(ada.id))).toEqual(['token.expired']);
  expect(capture.named('token.expired')[0]?.payload.reason).toBe('revoked');
});
