/**
 * Maximum number of concurrent requests that keep their order themselves. It is enough to fill every commit, and small enough
 * that a thousand fast clients do not fill the commit queue.
 */
export const maxConcurrent = 16;

/** The requests of one socket in one lane. They start in the order of their arrival, whatever each has to wait for first. */
export class OrderedQueue {
  readonly #waiting: Ticket[] = [];
  #underWay = 0;
  /** a running request excludes all others */
  #closed = false;

  /**
   * Takes a place in the queue; end() returns it.
   * @param together whether others of this kind may run at the same time
   */
  take(together: boolean): Ticket {
    const ticket = new Ticket(this, together);
    this.#waiting.push(ticket);
    return ticket;
  }

  get isEmpty(): boolean {
    return this.#underWay === 0 && this.#waiting.length === 0;
  }

  /** Starts all requests that may run. */
  advance(): void {
    for (let first = this.#waiting[0]; first?.start && this.#hasRoomFor(first); first = this.#waiting[0]) {
      this.#waiting.shift();
      this.#underWay += 1;
      this.#closed = !first.together;
      first.isUnderWay = true;
      first.start();
    }
  }

  leave(ticket: Ticket): void {
    if (ticket.isUnderWay) {
      this.#underWay -= 1;
      this.#closed = false;
    } else {
      const place = this.#waiting.indexOf(ticket);
      if (place >= 0) this.#waiting.splice(place, 1);
    }
    this.advance();
  }

  #hasRoomFor({ together }: Ticket): boolean {
    return together ? !this.#closed && this.#underWay < maxConcurrent : this.#underWay === 0;
  }
}

export class Ticket {
  isUnderWay = false;
  start: (() => void) | undefined;

  readonly #lane: OrderedQueue;

  constructor(
    lane: OrderedQueue,
    readonly together: boolean,
  ) {
    this.#lane = lane;
  }

  /** Runs work when its turn has come: synchronously, if no other request is before it. */
  begin<Result>(work: () => Promise<Result>): Promise<Result> {
    let begun: Promise<Result> | undefined;
    this.start = () => {
      begun = attempt(work);
    };
    this.#lane.advance();
    return begun ?? this.#later(work);
  }

  /** The request has ended, or will never begin. */
  end(): void {
    this.#lane.leave(this);
  }

  #later<Result>(work: () => Promise<Result>): Promise<Result> {
    return new Promise((resolve) => {
      this.start = () => resolve(attempt(work));
    });
  }
}

function attempt<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return work();
  } catch (error) {
    return Promise.reject(error);
  }
}
