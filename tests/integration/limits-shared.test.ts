import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RedisLimiter } from '@/lib/platform/rate-limits/redis-window';
import { closeRedis, isDegraded, withRedis } from '@/lib/platform/redis/redis';
import { until } from '@/tests/support/eventually';
import { limiterContract } from '@/tests/support/limiter-contract';
import { TestRedis } from '@/tests/support/redis';

const server = await TestRedis.start();
process.env.REDIS_URL = server.url;
const redis = new Redis(server.url);

const rate = { count: 3, seconds: 60 };

beforeAll(() => until(() => !isDegraded()));
afterAll(async () => {
  redis.disconnect();
  await closeRedis();
  await server.stop();
});

limiterContract('in Redis', () => {
  const kind = randomUUID();
  return { limiter: new RedisLimiter(kind), pass: (ms) => age(kind, ms) };
});

/** Redis' clock cannot be moved, so the counted actions are made older instead. */
async function age(kind: string, ms: number): Promise<void> {
  for (const key of await redis.keys(`parley:limit:${kind}:*`)) {
    const times = await redis.lrange(key, 0, -1);
    for (const [index, time] of times.entries()) await redis.lset(key, index, `${Number(time) - ms}`);
  }
}

test('two nodes count together', async () => {
  const [one, other] = [new RedisLimiter('node'), new RedisLimiter('node')];
  expect([await one.take('ada', rate), await other.take('ada', rate), await one.take('ada', rate)]).toEqual([0, 0, 0]);
  expect(await other.take('ada', rate)).toBeGreaterThan(0);
});

test('one kind of limit does not count against another', async () => {
  for (let taken = 0; taken < 3; taken += 1) await new RedisLimiter('message').take('grace', rate);
  expect(await new RedisLimiter('upload').take('grace', rate)).toBe(0);
});

test('Redis keeps nothing for people who do nothing', async () => {
  await new RedisLimiter('short').take('ada', { count: 3, seconds: 1 });
  expect(await redis.exists('parley:limit:short:ada')).toBe(1);
  await expect.poll(() => redis.exists('parley:limit:short:ada'), { timeout: 3_000 }).toBe(0);
});

test('a script that Redis refuses fails no request: the node counts alone', async () => {
  await redis.set('parley:limit:broken:ada', 'no list');
  const limiter = new RedisLimiter('broken');
  for (let taken = 0; taken < 3; taken += 1) expect(await limiter.take('ada', rate)).toBe(0);
  expect(await limiter.take('ada', rate)).toBeGreaterThan(0);
});

test('while Redis is away each node counts alone', async () => {
  const limiter = new RedisLimiter('alone');
  await server.stop();
  await expect.poll(isDegraded, { timeout: 5_000 }).toBe(true);
  for (let taken = 0; taken < 3; taken += 1) expect(await limiter.take('ada', rate)).toBe(0);
  expect(await limiter.take('ada', rate)).toBeGreaterThan(0);
  expect(
    await withRedis(
      async () => 'Redis',
      () => 'alone',
    ),
  ).toBe('alone');
  await server.restart();
  await expect.poll(isDegraded, { timeout: 5_000 }).toBe(false);
  expect(await limiter.take('ada', rate)).toBe(0);
});
