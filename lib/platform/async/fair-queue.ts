import { unavailable } from '@/lib/platform/errors/error';

/** Queue length per user. */
const maxQueued = 100;

type Start = () => Promise<void>;

/**
 * A queue with limited concurrency that is fair between users. The work of one user runs one after another, and users take turns, so
 * a user with much work delays nobody else.
 */
export class FairQueue {
  /** queued work by user; the users whose turn comes next are first */
  readonly #waiting = new Map<string, Start[]>();
  readonly #running = new Set<string>();
  readonly #concurrency: number;

  /** @param concurrency how many tasks run at the same time */
  constructor(concurrency: number) {
    this.#concurrency = concurrency;
  }

  /** @throws UNAVAILABLE when this user's queue is full */
  run<Result>(userId: string, work: () => Promise<Result>): Promise<Result> {
    const own = this.#waiting.get(userId) ?? [];
    if (own.length >= maxQueued) return Promise.reject(unavailable('Too much of yours is waiting already.', 5));
    return new Promise((resolve, reject) => {
      own.push(() => work().then(resolve, reject));
      this.#waiting.set(userId, own);
      this.#startNext();
    });
  }

  #startNext(): void {
    while (this.#running.size < this.#concurrency) {
      const next = [...this.#waiting.keys()].find((userId) => !this.#running.has(userId));
      if (next === undefined) return;
      this.#start(next);
    }
  }

  #start(userId: string): void {
    const [first, ...rest] = this.#waiting.get(userId) ?? [];
    this.#requeue(userId, rest);
    this.#running.add(userId);
    void first?.().finally(() => {
      this.#running.delete(userId);
      this.#requeue(userId, this.#waiting.get(userId) ?? []);
      this.#startNext();
    });
  }

  /** Moves a user to the end of the order. */
  #requeue(userId: string, waiting: Start[]): void {
    this.#waiting.delete(userId);
    if (waiting.length > 0) this.#waiting.set(userId, waiting);
  }
}
