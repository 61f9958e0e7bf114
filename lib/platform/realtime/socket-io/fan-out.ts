/** Who gets events, and the events that wait to be written to them. */
export interface Recipient<Event> {
  waiting: Event[] | undefined;
}

/** What a fan-out works with; a test has its own. */
export interface FanOutMeans<Client, Event> {
  /** Writes an event to a client's connection. */
  write: (client: Client, event: Event) => void;
  /** Hands all that was written over to the kernel. */
  flush: () => void;
  /** Runs work after the event loop has looked for input. */
  later: (work: () => void) => void;
  /** ms */
  now: () => number;
}

export interface FanOutLimits {
  /** written at once in one turn of the event loop */
  atOnce: number;
  /** how long a slice of the rest takes, ms, beyond which it only ends what it has begun */
  sliceMs: number;
  /** deliveries that may wait; above it they are written whoever has to wait for that */
  waiting: number;
}

/** A delivery takes 20 to 30 µs with its system call, so that what is written at once and a slice take 20 ms together. */
export const fanOutLimits: FanOutLimits = { atOnce: 300, sliceMs: 8, waiting: 100_000 };

/** Clients that are written to before the clock is looked at. */
const step = 32;

/**
 * Writes events to many connections without holding up the event loop: the first ones at once, the rest in slices, between which others
 * are served. A client with something waiting gets what follows behind it, so each gets everything in its order.
 */
export class FanOut<Event, Client extends Recipient<Event>> {
  /** whoever has something waiting, from `next` on */
  #queue: Client[] = [];
  #next = 0;
  #waiting = 0;
  #writtenInTurn = 0;

  readonly #means: FanOutMeans<Client, Event>;
  readonly #limits: FanOutLimits;

  constructor(means: FanOutMeans<Client, Event>, limits: FanOutLimits = fanOutLimits) {
    this.#means = means;
    this.#limits = limits;
  }

  /** deliveries that wait */
  get waiting(): number {
    return this.#waiting;
  }

  deliver(client: Client, event: Event): void {
    if (client.waiting || this.#writtenInTurn >= this.#limits.atOnce) this.#wait(client, event);
    else {
      if (this.#writtenInTurn === 0) this.#means.later(this.#endTurn);
      this.#writtenInTurn += 1;
      this.#means.write(client, event);
    }
  }

  readonly #endTurn = (): void => {
    this.#writtenInTurn = 0;
  };

  #wait(client: Client, event: Event): void {
    if (this.#waiting === 0) this.#means.later(this.#writeSlice);
    this.#waiting += 1;
    if (client.waiting) client.waiting.push(event);
    else {
      client.waiting = [event];
      this.#queue.push(client);
    }
    while (this.#waiting > this.#limits.waiting) this.#writeStep();
  }

  readonly #writeSlice = (): void => {
    // First what was answered in this turn: nobody waits for a slice.
    this.#means.flush();
    const end = this.#means.now() + this.#limits.sliceMs;
    do this.#writeStep();
    while (this.#waiting > 0 && this.#means.now() < end);
    if (this.#waiting > 0) this.#means.later(this.#writeSlice);
  };

  #writeStep(): void {
    const end = Math.min(this.#next + step, this.#queue.length);
    for (; this.#next < end; this.#next += 1) this.#writeWaiting(this.#queue[this.#next]);
    this.#means.flush();
    if (this.#next < this.#queue.length) return;
    this.#queue = [];
    this.#next = 0;
  }

  #writeWaiting(client: Client | undefined): void {
    const events = client?.waiting;
    if (!client || !events) return;
    client.waiting = undefined;
    this.#waiting -= events.length;
    for (const event of events) this.#means.write(client, event);
  }
}
