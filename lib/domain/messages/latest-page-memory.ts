import { BoundedMap } from '@/lib/platform/memory/bounded-map';

/** Keeps a text for a while: in memory here, in Redis for several nodes (latest-page-redis.ts). It may forget any of them at any time. */
export interface LatestPageStore {
  get(key: string): Promise<string | null>;
  set(key: string, text: string): Promise<void>;
}

/** Revisions pass, and nobody asks for what is past. */
export const keptForMs = 30_000;
/** 500 pages or so of a lively conversation. */
const maxCharacters = 16 * 1024 * 1024;

/** The texts asked for last, within a bound on their length together. */
export class MemoryLatestPages implements LatestPageStore {
  readonly #kept: BoundedMap<string, { text: string; until: number }>;
  readonly #now: () => number;

  constructor(now: () => number = Date.now, max = maxCharacters) {
    this.#now = now;
    this.#kept = new BoundedMap(max, ({ text }) => text.length);
  }

  /** Of all that is kept. */
  get characters(): number {
    return this.#kept.weight;
  }

  async get(key: string): Promise<string | null> {
    const found = this.#kept.get(key);
    if (!found) return null;
    if (found.until <= this.#now()) {
      this.#kept.delete(key);
      return null;
    }
    // Set again, it is the newest: what nobody asks for goes first.
    this.#kept.set(key, found);
    return found.text;
  }

  async set(key: string, text: string): Promise<void> {
    this.#kept.set(key, { text, until: this.#now() + keptForMs });
  }
}
