/** Keeps a text for a while: in memory here, in Redis for several nodes (shared-tails.ts). It may forget any of them at any time. */
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
  // A Map keeps insertion order, and get() moves what it finds to its end: the first one was asked for longest ago.
  readonly #kept = new Map<string, { text: string; until: number }>();
  #characters = 0;

  constructor(
    private readonly now: () => number = Date.now,
    private readonly max = maxCharacters,
  ) {}

  /** Of all that is kept. */
  get characters(): number {
    return this.#characters;
  }

  async get(key: string): Promise<string | null> {
    const found = this.#kept.get(key);
    if (!found) return null;
    this.#drop(key);
    if (found.until <= this.now()) return null;
    this.#put(key, found);
    return found.text;
  }

  async set(key: string, text: string): Promise<void> {
    this.#drop(key);
    this.#put(key, { text, until: this.now() + keptForMs });
    for (const oldest of this.#kept.keys()) {
      if (this.#characters <= this.max) break;
      this.#drop(oldest);
    }
  }

  #put(key: string, entry: { text: string; until: number }): void {
    this.#kept.set(key, entry);
    this.#characters += entry.text.length;
  }

  #drop(key: string): void {
    this.#characters -= this.#kept.get(key)?.text.length ?? 0;
    this.#kept.delete(key);
  }
}
