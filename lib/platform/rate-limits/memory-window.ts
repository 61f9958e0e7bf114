import type { Rate } from '@/lib/platform/env/values';
import { Recency, type Recent } from '@/lib/platform/rate-limits/recency';

/** Counts actions in an exact sliding window: in memory here, in Redis for several nodes (redis-window.ts). */
export interface Limiter {
  /** @returns seconds to wait, or 0 when the action was counted; a refused action is not counted */
  take(key: string, rate: Rate): number | Promise<number>;
  /** Uncounts the latest action. */
  giveBack(key: string): Promise<void>;
}

/** Maximum number of remembered subjects; beyond it the longest inactive ones are dropped. */
const maxSubjects = 50_000;

interface Log extends Recent {
  key: string;
  times: number[];
  windowMs: number;
}

/** A sliding window log: the times of the counted actions, oldest first, at most as many as the rate allows. */
export class MemoryLimiter implements Limiter {
  readonly #logs = new Map<string, Log>();
  readonly #recency = new Recency<Log>();

  readonly #now: () => number;
  readonly #max: number;

  constructor(now: () => number = Date.now, max = maxSubjects) {
    this.#now = now;
    this.#max = max;
  }

  get size(): number {
    return this.#logs.size;
  }

  take(key: string, rate: Rate): number {
    const now = this.#now();
    const windowMs = rate.seconds * 1_000;
    const log = this.#logs.get(key) ?? this.#begin(key);
    const { times } = log;
    log.windowMs = windowMs;
    dropUntil(times, now - windowMs);
    this.#recency.touch(log);
    this.#forgetTheStale(now, log);
    const oldest = times[times.length - rate.count];
    if (oldest !== undefined) return Math.max(1, Math.ceil((oldest + windowMs - now) / 1_000));
    times.push(now);
    return 0;
  }

  async giveBack(key: string): Promise<void> {
    const log = this.#logs.get(key);
    log?.times.pop();
    if (log?.times.length === 0) this.#forget(log);
  }

  #begin(key: string): Log {
    const log: Log = { key, times: [], windowMs: 0, older: null, newer: null };
    this.#logs.set(key, log);
    return log;
  }

  #forget(log: Log): void {
    this.#recency.remove(log);
    this.#logs.delete(log.key);
  }

  /** A few at each call, so that no call waits for a long sweep, and no timer keeps the process alive. */
  #forgetTheStale(now: number, except: Log): void {
    for (let looked = 0; looked < 4; looked += 1) {
      const { oldest } = this.#recency;
      if (!oldest || oldest === except) return;
      const isStale = (oldest.times.at(-1) ?? 0) <= now - oldest.windowMs;
      if (!isStale && this.#logs.size <= this.#max) return;
      this.#forget(oldest);
    }
  }
}

// From the front, so that the cost depends on the expired entries, not on the length of the log.
function dropUntil(times: number[], moment: number): void {
  if (times.length === 0 || (times[0] ?? 0) > moment) return;
  const first = times.findIndex((time) => time > moment);
  times.splice(0, first < 0 ? times.length : first);
}
