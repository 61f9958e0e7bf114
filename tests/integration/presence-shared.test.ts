import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { SharedPresence } from '@/lib/domain/presence/redis-store';
import { closeRedis, isDegraded } from '@/lib/platform/redis/redis';
import { until } from '@/tests/support/eventually';
import { goneAfterMs, presenceContract } from '@/tests/support/presence-contract';
import { TestRedis } from '@/tests/support/redis';

const server = await TestRedis.start();
process.env.REDIS_URL = server.url;
const redis = new Redis(server.url);
const stores: SharedPresence[] = [];

beforeAll(() => until(() => !isDegraded()));
beforeEach(async () => {
  for (const store of stores.splice(0)) await store.clear();
  await redis.flushall();
});
afterAll(async () => {
  redis.disconnect();
  await closeRedis();
  await server.stop();
});

/** A node's store. */
function node(whenChanged = (_userId: string) => {}) {
  const [gone, changed]: [string[], string[]] = [[], []];
  const watcher = {
    gone: (userId: string) => gone.push(userId),
    changed: (userId: string) => {
      changed.push(userId);
      whenChanged(userId);
    },
  };
  const store = new SharedPresence(watcher, goneAfterMs);
  stores.push(store);
  return { store, gone, changed };
}

presenceContract('in Redis', node);

test('nobody is offline while a device is online on any node, and one node announces the last departure', async () => {
  const [one, other] = [node(), node()];
  expect(await one.store.connect('ada', 'phone', 'online')).toBe(true);
  expect(await other.store.connect('ada', 'laptop', 'online')).toBe(false);
  await one.store.disconnect('ada', 'phone');
  expect(await one.store.statusOf('ada')).toBe('online');
  await one.store.connect('grace', 'phone', 'online');
  await one.store.disconnect('grace', 'phone');
  await expect.poll(() => [...one.gone, ...other.gone]).toEqual(['grace']);
  expect(await one.store.statusOf('ada')).toBe('online');
  await other.store.disconnect('ada', 'laptop');
  await expect.poll(() => [...one.gone, ...other.gone]).toEqual(['grace', 'ada']);
});

test('a stopping node removes only its own devices', async () => {
  const [one, other] = [node(), node()];
  await one.store.connect('ada', 'phone', 'online');
  await other.store.connect('ada', 'laptop', 'online');
  await one.store.connect('grace', 'phone', 'online');
  expect(await one.store.clear()).toEqual(['grace']);
  expect(await other.store.statusOf('ada')).toBe('online');
});

test('the people of a dead node are announced offline by another one, once', async () => {
  const [witness, helper] = [node(), node()];
  await witness.store.connect('linus', 'phone', 'online');
  // What a node leaves behind when it dies: devices that are no longer renewed.
  await redis.hset('parley:presence:ada', { phone: Date.now() - 1, shows: 'online' });
  await redis.zadd('parley:presence', Date.now() - 1, 'ada');
  expect(await witness.store.statusOf('ada')).toBe('offline');
  await expect.poll(() => [...witness.gone, ...helper.gone]).toEqual(['ada']);
  expect(await witness.store.statusOf('linus')).toBe('online');
  expect(await redis.exists('parley:presence:ada')).toBe(0);
});

test('a device counts as online for less than a minute without its node’s report', async () => {
  const { store } = node();
  await store.connect('ada', 'phone', 'online');
  const until = Number(await redis.hget('parley:presence:ada', 'phone'));
  expect(until - Date.now()).toBeGreaterThan(20_000);
  expect(until - Date.now()).toBeLessThan(50_000);
});

test('while Redis is away people keep their last state, and later changes are caught up', async () => {
  const [one, other] = [node(), node()];
  await one.store.connect('ada', 'phone', 'online');
  await other.store.connect('grace', 'phone', 'busy');
  await other.store.connect('linus', 'phone', 'online');
  expect((await one.store.statusesOf(['grace', 'linus'])).get('grace')).toBe('busy');
  await server.stop();
  await expect.poll(isDegraded, { timeout: 5_000 }).toBe(true);
  expect(await one.store.connect('katherine', 'phone', 'away')).toBe(true);
  expect([...(await one.store.statusesOf(['ada', 'grace', 'katherine', 'linus']))].map(([, status]) => status)).toEqual([
    'online',
    'busy',
    'away',
    'online',
  ]);
  await other.store.choose('grace', 'away');
  await other.store.disconnect('linus', 'phone');
  await server.restart();
  await expect.poll(isDegraded, { timeout: 5_000 }).toBe(false);
  await expect
    .poll(async () => [...(await one.store.statusesOf(['ada', 'grace', 'katherine', 'linus']))], { timeout: 10_000 })
    .toEqual([
      ['ada', 'online'],
      ['grace', 'away'],
      ['katherine', 'away'],
      ['linus', 'offline'],
    ]);
  expect(other.changed).toContain('grace');
  // The restarted Redis does not know him, so polling cannot find that he left.
  await expect.poll(() => [...one.gone, ...other.gone]).toEqual(['linus']);
});

test('a change that failed to reach Redis is sent the next time', async () => {
  const interrupt = { times: 1 };
  const { store, gone } = node(() => void (interrupt.times-- > 0 && server.freeze()));
  await store.connect('grace', 'phone', 'online');
  await store.connect('linus', 'phone', 'online');
  await server.stop();
  await expect.poll(isDegraded, { timeout: 5_000 }).toBe(true);
  await store.choose('grace', 'away');
  await store.disconnect('linus', 'phone');
  await server.restart();
  // Grace going away is the first event, and so far the only one.
  await expect.poll(isDegraded, { timeout: 5_000 }).toBe(false);
  await expect.poll(isDegraded, { timeout: 5_000 }).toBe(true);
  server.thaw();
  await expect.poll(() => gone, { timeout: 15_000 }).toEqual(['linus']);
  expect(await store.statusesOf(['grace', 'linus'])).toEqual(new Map(Object.entries({ grace: 'away', linus: 'offline' })));
});
