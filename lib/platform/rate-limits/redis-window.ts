import type { Rate } from '@/lib/platform/env/values';
import { type Limiter, MemoryLimiter } from '@/lib/platform/rate-limits/memory-window';
import { withRedis } from '@/lib/platform/redis/redis';

/** The same window log for all nodes: a list of times by Redis' own clock. While Redis is unreachable, each node counts alone. */
export class RedisLimiter implements Limiter {
  readonly #alone = new MemoryLimiter();

  readonly #kind: string;
  /** @param kind each kind has counts of its own for the same subject */
  constructor(kind: string) {
    this.#kind = kind;
  }

  take(key: string, rate: Rate): Promise<number> {
    return withRedis(
      async (redis) => Number(await redis.eval(takeScript, 1, this.#keyOf(key), rate.count, rate.seconds * 1_000)),
      () => this.#alone.take(key, rate),
    );
  }

  giveBack(key: string): Promise<void> {
    return withRedis(
      async (redis) => void (await redis.rpop(this.#keyOf(key))),
      () => this.#alone.giveBack(key),
    );
  }

  #keyOf(key: string): string {
    return `parley:limit:${this.#kind}:${key}`;
  }
}

/** One atomic step: drops expired entries, then counts, or returns the seconds to wait. */
const takeScript = `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local count, window = tonumber(ARGV[1]), tonumber(ARGV[2])
  local first = redis.call('LINDEX', KEYS[1], 0)
  while first and tonumber(first) <= now - window do
    redis.call('LPOP', KEYS[1])
    first = redis.call('LINDEX', KEYS[1], 0)
  end
  local oldest = redis.call('LINDEX', KEYS[1], -count)
  if oldest then return math.max(1, math.ceil((oldest + window - now) / 1000)) end
  redis.call('RPUSH', KEYS[1], string.format('%.0f', now))
  redis.call('PEXPIRE', KEYS[1], window)
  return 0`;
