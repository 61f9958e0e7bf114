import { BoundedMap } from '@/lib/platform/memory/bounded-map';

/** A cache of texts: in memory here, in Redis for several nodes (latest-page-redis.ts). It may drop any entry at any time. */
export interface LatestPageStore {
  get(key: string): Promise<string | null>;
  set(key: string, text: string): Promise<void>;
}

/** Revisions change often, and nobody requests the page of an old one. */
export const keptForMs = 30_000;
/** About 500 pages of a busy conversation. */
const maxCharacters = 16 * 1024 * 1024;

/** The most recently used texts, limited by their total length. */
export class MemoryLatestPages implements LatestPageStore {
  readonly #kept: BoundedMap<string, { text: string; until: number }>;
  readonly #now: () => number;

  constructor(now: () => number = Date.now, max = maxCharacters) {
    this.#now = now;
    this.#kept = new BoundedMap(max, ({ text }) => text.length);
  }

  /** The total length of all texts. */
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
    // Inserted again as the newest, because the oldest entry is dropped first.
    this.#kept.set(key, found);
    return found.text;
  }

  async set(key: string, text: string): Promise<void> {
    this.#kept.set(key, { text, until: this.#now() + keptForMs });
  }
}
