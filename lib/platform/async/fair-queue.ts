import { unavailable } from '@/lib/platform/errors/error';

/** More than this of one person is more than anybody waits for. */
const longest = 100;

type Start = () => Promise<void>;

/**
 * Runs so much at once, of one person one after another, and of several by turns: whoever asks for much waits for it, and nobody
 * else does.
 */
export class FairQueue {
  /** those whose turn comes next stand first */
  readonly #waiting = new Map<string, Start[]>();
  readonly #busy = new Set<string>();
  readonly #atOnce: number;

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  /** Throws UNAVAILABLE when this person has too much waiting already. */
  run<Result>(userId: string, work: () => Promise<Result>): Promise<Result> {
    const own = this.#waiting.get(userId) ?? [];
    if (own.length >= longest) return Promise.reject(unavailable('Too much of yours is waiting already.', 5));
    return new Promise((resolve, reject) => {
      own.push(() => work().then(resolve, reject));
      this.#waiting.set(userId, own);
      this.#startNext();
    });
  }

  #startNext(): void {
    while (this.#busy.size < this.#atOnce) {
      const next = [...this.#waiting.keys()].find((userId) => !this.#busy.has(userId));
      if (next === undefined) return;
      this.#start(next);
    }
  }

  #start(userId: string): void {
    const [first, ...rest] = this.#waiting.get(userId) ?? [];
    this.#line(userId, rest);
    this.#busy.add(userId);
    void first?.().finally(() => {
      this.#busy.delete(userId);
      this.#line(userId, this.#waiting.get(userId) ?? []);
      this.#startNext();
    });
  }

  /** To the end of the row. */
  #line(userId: string, waiting: Start[]): void {
    this.#waiting.delete(userId);
    if (waiting.length > 0) this.#waiting.set(userId, waiting);
  }
}
