/**
 * Of those that keep their order by themselves, so many may be under way at once: enough for every commit to take some along, and
 * few enough that a thousand impatient clients do not fill the queue of all.
 */
export const maxConcurrent = 16;

/** What one socket asks for in one lane: begun in the order in which it came, whatever has to be known before. */
export class OrderedQueue {
  readonly #waiting: Ticket[] = [];
  #underWay = 0;
  /** what is under way lets nothing beside it */
  #closed = false;

  /** A place in line, to be given back by end(). @param together others of this kind may be under way meanwhile */
  take(together: boolean): Ticket {
    const ticket = new Ticket(this, together);
    this.#waiting.push(ticket);
    return ticket;
  }

  get isEmpty(): boolean {
    return this.#underWay === 0 && this.#waiting.length === 0;
  }

  /** Lets everybody begin who may. */
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

  /** Does work when its turn has come: within this call, if nothing is before it. */
  begin<Result>(work: () => Promise<Result>): Promise<Result> {
    let begun: Promise<Result> | undefined;
    this.start = () => {
      begun = attempt(work);
    };
    this.#lane.advance();
    return begun ?? this.#later(work);
  }

  /** It is over, or will never begin. */
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
