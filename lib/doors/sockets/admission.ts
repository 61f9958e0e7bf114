import { pool } from '@/lib/platform/db/pool';
import { unavailable } from '@/lib/platform/errors/error';
import { watchQueue } from '@/lib/platform/metrics/metrics';
import { processSingleton } from '@/lib/platform/process/singleton';

/** While more questions than this wait for a connection to the database, it has no time for anybody new. */
const maxQuestions = 20;
const lookEveryMs = 5;
/** What these ask is seen at the next look only. */
const atOnce = 4;
/** However busy it is: nobody is kept out by those who are in. */
const inAnyCaseEveryMs = 50;
/** Socket.IO closes a connection that has not come in after 45 s. */
const patienceMs = 30_000;
const longestLine = 10_000;

interface Waiting {
  isGone: () => boolean;
  since: number;
  joinMissingRooms: () => void;
  refuse: (error: Error) => void;
}

/** Where those wait who want in, in the order in which they came. */
export class AdmissionQueue {
  readonly #line: Waiting[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** when somebody was let in */
  #last = 0;

  readonly #isBusy: () => boolean;
  /** @param isBusy whether there is no time for anybody new */
  constructor(isBusy: () => boolean) {
    this.#isBusy = isBusy;
  }

  get waiting(): number {
    return this.#line.length;
  }

  /**
   * Resolves when somebody may come in; undefined: at once.
   * @param isGone whoever went meanwhile is not let in
   * @throws UNAVAILABLE when the line is too long, or after 30 s
   */
  enter(isGone: () => boolean): Promise<void> | undefined {
    if (this.#line.length === 0 && !this.#isBusy()) return undefined;
    if (this.#line.length >= longestLine) return Promise.reject(refusal());
    this.#timer ??= setInterval(() => this.#look(), lookEveryMs).unref();
    return new Promise((joinMissingRooms, refuse) => {
      this.#line.push({ isGone, since: performance.now(), joinMissingRooms, refuse });
    });
  }

  #look(): void {
    const now = performance.now();
    while (now - (this.#line[0]?.since ?? now) > patienceMs) this.#line.shift()?.refuse(refusal());
    const room = this.#isBusy() ? Number(now - this.#last >= inAnyCaseEveryMs) : atOnce;
    for (let left = room; left > 0 && this.#line.length > 0; ) {
      const { isGone, joinMissingRooms, refuse } = this.#line.shift() as Waiting;
      if (isGone()) {
        refuse(refusal());
        continue;
      }
      this.#last = now;
      left -= 1;
      joinMissingRooms();
    }
    if (this.#line.length > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

const refusal = () => unavailable('Too many connect at once. Please try again.');

/**
 * This process's. When everybody comes back at once (a node died, a network is back), they come in as fast as they are served: let
 * in together, each would wait for all the others, and nobody would be answered in time.
 */
export const door = (): AdmissionQueue =>
  processSingleton('socket.door', () => {
    const own = new AdmissionQueue(() => pool().waitingCount > maxQuestions);
    watchQueue('handshakes', () => own.waiting);
    return own;
  });
