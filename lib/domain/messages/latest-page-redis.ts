import { keptForMs, type LatestPageStore, MemoryLatestPages } from '@/lib/domain/messages/latest-page-memory';
import { withRedis } from '@/lib/platform/redis/redis';

/** One cache for all nodes. While Redis is unreachable, each node uses its own. */
export class RedisLatestPages implements LatestPageStore {
  readonly #alone = new MemoryLatestPages();

  get(key: string): Promise<string | null> {
    return withRedis(
      (redis) => redis.get(`parley:${key}`),
      () => this.#alone.get(key),
    );
  }

  set(key: string, text: string): Promise<void> {
    return withRedis(
      async (redis) => void (await redis.set(`parley:${key}`, text, 'PX', keptForMs)),
      () => this.#alone.set(key, text),
    );
  }
}
