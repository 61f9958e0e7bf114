import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findConversationFor } from '@/lib/domain/conversations/access';
import { LatestPages } from '@/lib/domain/messages/latest-page';
import { keptForMs } from '@/lib/domain/messages/latest-page-memory';
import { RedisLatestPages } from '@/lib/domain/messages/latest-page-redis';
import { listMessages } from '@/lib/domain/messages/message';
import { historySchema } from '@/lib/domain/messages/schema';
import { closeRedis, isDegraded } from '@/lib/platform/redis/redis';
import { insertGroup } from '@/tests/support/conversations';
import { until } from '@/tests/support/eventually';
import { cast } from '@/tests/support/people';
import { TestRedis } from '@/tests/support/redis';
import { tailStoreContract } from '@/tests/support/tail-store-contract';
import { sayMany } from '@/tests/support/talk';

const server = await TestRedis.start();
process.env.REDIS_URL = server.url;
const redis = new Redis(server.url);

beforeAll(() => until(() => !isDegraded()));
afterAll(async () => {
  redis.disconnect();
  await closeRedis();
  await server.stop();
});

tailStoreContract('in Redis', () => {
  const prefix = randomUUID();
  const store = new RedisLatestPages();
  return {
    store: { get: (key) => store.get(`${prefix}${key}`), set: (key, text) => store.set(`${prefix}${key}`, text) },
    pass: (ms) => age(prefix, ms),
  };
});

/** Redis' clock cannot be moved, so the pages' remaining time is shortened instead. */
async function age(prefix: string, ms: number): Promise<void> {
  for (const key of await redis.keys(`parley:${prefix}*`)) await redis.pexpire(key, (await redis.pttl(key)) - ms);
}

test('a page read by one node serves another', async () => {
  await new RedisLatestPages().set('shared', 'text');
  expect(await new RedisLatestPages().get('shared')).toBe('text');
});

test('pages expire in Redis', async () => {
  await new RedisLatestPages().set('short', 'text');
  const left = await redis.pttl('parley:short');
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThanOrEqual(keptForMs);
});

test('Redis that is away, or holds foreign data there, fails no reader', async () => {
  const { ada } = await cast('ada');
  const room = await insertGroup([ada]);
  await sayMany(ada, room, 3);
  const query = historySchema.parse({});
  const read = () => listMessages(ada.id, room, query);
  const page = await read();
  const kept = async () =>
    new LatestPages(new RedisLatestPages()).find((await findConversationFor(ada.id, room)).conversation, query);
  await expect.poll(async () => (await read()) && (await kept())).not.toBeNull();
  const [key = ''] = await redis.keys(`parley:tail:2:${room}:*`);
  await redis.del(key);
  await redis.lpush(key, 'no text');
  expect(await read()).toEqual(page);
  await server.stop();
  await expect.poll(isDegraded, { timeout: 5_000 }).toBe(true);
  for (let times = 0; times < 3; times += 1) expect(await read()).toEqual(page);
  await server.restart();
  await expect.poll(isDegraded, { timeout: 5_000 }).toBe(false);
  expect(await read()).toEqual(page);
});
