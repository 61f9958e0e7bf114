import { randomUUID } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { announce } from '@/lib/domain/presence/broadcasts';
import { MemoryPresence } from '@/lib/domain/presence/memory-store';
import { pool } from '@/lib/platform/db/pool';
import { prisma } from '@/lib/platform/db/prisma';
import { currentIo, type Io } from '@/lib/platform/realtime/io';
import { createPerson } from '@/tests/support/people';
import { socketServer, tokenFor } from '@/tests/support/sockets';

const sockets = socketServer();
const io = () => currentIo() as Io;

test('subscribing answers with these people’s current state, in the requested order, without unknown ones', async () => {
  const [ada, grace, linus] = [await createPerson(), await createPerson(), await createPerson()];
  const client = await sockets.connect(ada);
  await (await sockets.connect(grace)).ask('conversation.heads', {});
  const { users } = await client.ask('presence.subscribe', { userIds: [linus.id, randomUUID(), grace.id] });
  expect(users.map(({ id, status }) => [id, status])).toEqual([
    [linus.id, 'offline'],
    [grace.id, 'online'],
  ]);
  expect(users[0]).not.toHaveProperty('email');
});

test('a subscriber gets an event when a person comes online, and when their last device has been away long enough', async () => {
  const [ada, grace] = [await createPerson(), await createPerson()];
  const watcher = await sockets.connect(ada);
  await watcher.ask('presence.subscribe', { userIds: [grace.id] });
  const phone = await sockets.connect(grace);
  expect(await watcher.hear('presence.changed', ({ userId }) => userId === grace.id)).toMatchObject({ status: 'online' });
  const laptop = await sockets.connect(grace);
  await laptop.ask('conversation.heads', {});
  phone.close();
  laptop.close();
  const gone = await watcher.hear('presence.changed', ({ userId }) => userId === grace.id);
  expect(gone.status).toBe('offline');
  const stored = await prisma().user.findUniqueOrThrow({ where: { id: grace.id } });
  expect(gone.lastSeenAt).toBe(stored.lastSeenAt?.toISOString());
  expect(Date.now() - Date.parse(gone.lastSeenAt ?? '')).toBeLessThan(10_000);
});

test('a reload is not a departure', async () => {
  const [ada, grace] = [await createPerson(), await createPerson()];
  const watcher = await sockets.connect(ada);
  await watcher.ask('presence.subscribe', { userIds: [grace.id] });
  const before = await sockets.connect(grace);
  await watcher.hear('presence.changed', ({ userId }) => userId === grace.id);
  const { token } = await tokenFor(grace);
  before.close();
  const after = await sockets.dial({ token }).connected();
  await after.ask('presence.status.update', { status: 'away' });
  expect(await watcher.hear('presence.changed', ({ userId }) => userId === grace.id)).toMatchObject({ status: 'away' });
});

test('a socket without a subscription gets no events', async () => {
  const [ada, mallory, grace] = [await createPerson(), await createPerson(), await createPerson()];
  const [watcher, other] = [await sockets.connect(ada), await sockets.connect(mallory)];
  await watcher.ask('presence.subscribe', { userIds: [grace.id] });
  await other.ask('presence.subscribe', { userIds: [grace.id] });
  expect(await other.ask('presence.unsubscribe', { userIds: [grace.id] })).toEqual({});
  await sockets.connect(grace);
  await watcher.hear('presence.changed', ({ userId }) => userId === grace.id);
  const heard = await other.heardSoFar('presence.changed');
  expect(heard.filter(({ payload }) => JSON.stringify(payload).includes(grace.id))).toEqual([]);
});

test('a chosen status is answered, announced once to subscribers, and kept', async () => {
  const [ada, grace] = [await createPerson(), await createPerson()];
  const watcher = await sockets.connect(ada);
  const [phone, laptop] = [await sockets.connect(grace), await sockets.connect(grace)];
  await watcher.ask('presence.subscribe', { userIds: [grace.id] });
  // The person's own devices get it like all others, by subscribing.
  await laptop.ask('presence.subscribe', { userIds: [grace.id] });
  const { user } = await phone.ask('presence.status.update', { status: 'busy', statusText: ' In a meeting ' });
  expect(user).toMatchObject({ id: grace.id, email: grace.email, status: 'busy', statusText: 'In a meeting' });
  for (const client of [watcher, laptop])
    expect(await client.hear('presence.changed', ({ status }) => status === 'busy')).toMatchObject({
      userId: grace.id,
      statusText: 'In a meeting',
    });
  const told = (await laptop.heardSoFar('presence.changed')).filter(({ payload }) => JSON.stringify(payload).includes('busy'));
  expect(told).toHaveLength(1);
  expect((await phone.heardSoFar('presence.changed')).length).toBe(0);
  // A status text alone does not change the availability.
  expect((await phone.ask('presence.status.update', { statusText: '' })).user).toMatchObject({
    status: 'busy',
    statusText: '',
  });
  await watcher.hear('presence.changed', ({ status, statusText }) => status === 'busy' && statusText === '');
  for (const client of [phone, laptop]) client.close();
  await watcher.hear('presence.changed', ({ status }) => status === 'offline');
  await sockets.connect(grace);
  expect(await watcher.hear('presence.changed', ({ status }) => status === 'busy')).toMatchObject({ userId: grace.id });
});

test('offline cannot be chosen', async () => {
  const client = await sockets.connect(await createPerson());
  expect(await client.code('presence.status.update', { status: 'offline' })).toBe('VALIDATION_FAILED');
});

test('a subscription takes at most 200 people', async () => {
  const client = await sockets.connect(await createPerson());
  const userIds = Array.from({ length: 201 }, () => randomUUID());
  expect(await client.code('presence.subscribe', { userIds })).toBe('VALIDATION_FAILED');
  expect(await client.ask('presence.subscribe', { userIds: userIds.slice(1) })).toEqual({ users: [] });
});

test('a changed profile is announced to subscribers', async () => {
  const [ada, grace] = [await createPerson(), await createPerson()];
  const watcher = await sockets.connect(ada);
  await watcher.ask('presence.subscribe', { userIds: [grace.id] });
  await prisma().user.update({ where: { id: grace.id }, data: { statusText: 'On holiday' } });
  await announce(grace.id);
  expect(await watcher.hear('presence.changed', ({ userId }) => userId === grace.id)).toMatchObject({
    userId: grace.id,
    status: 'offline',
    statusText: 'On holiday',
  });
});

test('a device that disconnects while it connects does not stay online', async () => {
  const [ada, grace] = [await createPerson(), await createPerson()];
  const watcher = await sockets.connect(ada);
  await watcher.ask('presence.subscribe', { userIds: [grace.id] });
  const { token } = await tokenFor(grace);
  const lock = await pool().connect();
  await lock.query('BEGIN');
  // Lookups are blocked, so connecting takes until the lock is released.
  await lock.query('LOCK TABLE "User" IN ACCESS EXCLUSIVE MODE');
  const hasty = await sockets.dial({ token }).connected();
  const gone = new Promise((resolve) =>
    io()
      .of('/')
      .sockets.get(hasty.socket.id ?? '')
      ?.once('disconnect', resolve),
  );
  hasty.close();
  await gone;
  await lock.query('COMMIT');
  lock.release();
  await watcher.hear('presence.changed', ({ userId, status }) => userId === grace.id && status === 'offline');
});

test('the store announces a departure once, and not when another device came in time', async () => {
  vi.useFakeTimers();
  const gone: string[] = [];
  const store = new MemoryPresence((userId) => gone.push(userId), 5_000);
  expect(await store.connect('ada', 'phone', 'online')).toBe(true);
  expect(await store.connect('ada', 'laptop', 'online')).toBe(false);
  await store.disconnect('ada', 'phone');
  await store.disconnect('ada', 'phone');
  vi.advanceTimersByTime(10_000);
  expect(gone).toEqual([]);
  await store.disconnect('ada', 'laptop');
  vi.advanceTimersByTime(4_999);
  expect(await store.statusOf('ada')).toBe('online');
  expect(await store.connect('ada', 'laptop', 'online')).toBe(false);
  vi.advanceTimersByTime(10_000);
  await store.disconnect('ada', 'laptop');
  vi.advanceTimersByTime(5_000);
  expect(gone).toEqual(['ada']);
  expect(await store.statusOf('ada')).toBe('offline');
  vi.useRealTimers();
});
