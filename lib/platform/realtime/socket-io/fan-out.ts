/** A recipient of events, with the events that wait for it. */
export interface Recipient<Event> {
  waiting: Event[] | undefined;
}

/** The operations of a fan-out, which tests replace. */
export interface FanOutMeans<Client, Event> {
  /** Writes an event to a client's connection. */
  write: (client: Client, event: Event) => void;
  /** Passes everything written to the kernel. */
  flush: () => void;
  /** Runs work after the event loop has polled for input. */
  later: (work: () => void) => void;
  /** ms */
  now: () => number;
}

export interface FanOutLimits {
  /** number of deliveries written at once in one turn of the event loop */
  atOnce: number;
  /** maximum time of a slice, in ms; after that only the running step is completed */
  sliceMs: number;
  /** maximum number of waiting deliveries; beyond it they are written at once, even if others must wait */
  waiting: number;
}

/** A delivery takes 20 to 30 µs with its system call, so the first deliveries and a slice take 20 ms together. */
export const fanOutLimits: FanOutLimits = { atOnce: 300, sliceMs: 8, waiting: 100_000 };

/** Number of clients that are written to between two looks at the clock. */
const step = 32;

/**
 * Writes events to many connections without blocking the event loop: the first ones at once, the rest in slices, between which
 * others are served. A client's later events queue behind its waiting ones, so each client receives everything in order.
 */
export class FanOut<Event, Client extends Recipient<Event>> {
  /** the clients with waiting events, from `next` on */
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

  /** number of waiting deliveries */
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
    // Acks of this turn are written first, so that they never wait for a slice.
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
