import { keptForMs, MemoryTails, type TailStore } from '@/lib/messages/tail-store';
import { askRedis } from '@/lib/redis/redis';

/** One for all nodes: what one of them read, the others need not. While Redis is away each keeps its own. */
export class SharedTails implements TailStore {
  readonly #alone = new MemoryTails();

  get(key: string): Promise<string | null> {
    return askRedis(
      (redis) => redis.get(`parley:${key}`),
      () => this.#alone.get(key),
    );
  }

  set(key: string, text: string): Promise<void> {
    return askRedis(
      async (redis) => void (await redis.set(`parley:${key}`, text, 'PX', keptForMs)),
      () => this.#alone.set(key, text),
    );
  }
}
