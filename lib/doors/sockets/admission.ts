import { pool } from '@/lib/platform/db/pool';
import { unavailable } from '@/lib/platform/errors/error';
import { watchQueue } from '@/lib/platform/metrics/metrics';
import { processSingleton } from '@/lib/platform/process/singleton';

/** While more queries than this wait for a database connection, no more sockets are admitted. */
const maxWaitingQueries = 20;
const checkEveryMs = 5;
/** Number of sockets admitted at once; their queries are counted only at the next check. */
const maxPerCheck = 4;
/** Interval in which one is admitted even under load, so that connected clients cannot keep others out. */
const minAdmissionEveryMs = 50;
/** Socket.IO closes a connection that has not completed its handshake after 45 s. */
const timeoutMs = 30_000;
const maxLength = 10_000;

interface WaitingSocket {
  isGone: () => boolean;
  since: number;
  admit: () => void;
  refuse: (error: Error) => void;
}

/** The queue of sockets that wait for admission, in the order of their arrival. */
export class AdmissionQueue {
  readonly #queue: WaitingSocket[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** the time of the last admission */
  #last = 0;

  readonly #isBusy: () => boolean;
  /** @param isBusy whether the database is too busy for more sockets */
  constructor(isBusy: () => boolean) {
    this.#isBusy = isBusy;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  /**
   * Resolves when the socket may connect; undefined: at once.
   * @param isGone whether the client has disconnected, so that its place is skipped
   * @throws UNAVAILABLE when the queue is too long, or after 30 s
   */
  enter(isGone: () => boolean): Promise<void> | undefined {
    if (this.#queue.length === 0 && !this.#isBusy()) return undefined;
    if (this.#queue.length >= maxLength) return Promise.reject(refusal());
    this.#timer ??= setInterval(() => this.#check(), checkEveryMs).unref();
    return new Promise((admit, refuse) => {
      this.#queue.push({ isGone, since: performance.now(), admit, refuse });
    });
  }

  #check(): void {
    const now = performance.now();
    while (now - (this.#queue[0]?.since ?? now) > timeoutMs) this.#queue.shift()?.refuse(refusal());
    const room = this.#isBusy() ? Number(now - this.#last >= minAdmissionEveryMs) : maxPerCheck;
    for (let left = room; left > 0 && this.#queue.length > 0; ) {
      const { isGone, admit, refuse } = this.#queue.shift() as WaitingSocket;
      if (isGone()) {
        refuse(refusal());
        continue;
      }
      this.#last = now;
      left -= 1;
      admit();
    }
    if (this.#queue.length > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

const refusal = () => unavailable('Too many connect at once. Please try again.');

/**
 * The process's queue. When everybody reconnects at once (a node died, the network is back), sockets are admitted as fast as they
 * are served. Admitted together, each would wait for all others, and none would be served in time.
 */
export const admissionQueue = (): AdmissionQueue =>
  processSingleton('socket.door', () => {
    const own = new AdmissionQueue(() => pool().waitingCount > maxWaitingQueries);
    watchQueue('handshakes', () => own.waiting);
    return own;
  });
