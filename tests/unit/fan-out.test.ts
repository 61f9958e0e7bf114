import { expect, test } from 'vitest';
import type { Io } from '@/lib/platform/realtime/io';
import { deliverDirectly } from '@/lib/platform/realtime/socket-io/delivery';
import { FanOut, fanOutLimits, type Recipient } from '@/lib/platform/realtime/socket-io/fan-out';

/** A connection that records writes, each of which takes 30 µs of a fake clock. */
interface Client extends Recipient<string> {
  heard: string[];
}

/** A fake event loop with a fan-out. */
class Loop {
  readonly clients: Client[];
  readonly fanOut: FanOut<string, Client>;
  /** how long each turn took, ms */
  readonly turns: number[] = [];
  #now = 0;
  #due: (() => void)[] = [];

  constructor(count: number, limits = fanOutLimits) {
    this.clients = Array.from({ length: count }, () => ({ heard: [], waiting: undefined }));
    const means = {
      write: ({ heard }: Client, event: string) => {
        heard.push(event);
        this.#now += 0.03;
      },
      flush: () => undefined,
      later: (work: () => void) => void this.#due.push(work),
      now: () => this.#now,
    };
    this.fanOut = new FanOut(means, limits);
  }

  broadcast(event: string, clients = this.clients): void {
    for (const client of clients) this.fanOut.deliver(client, event);
  }

  /** One turn: input first, then deferred work. */
  turn(input: () => void = () => undefined): void {
    const began = this.#now;
    input();
    for (const work of this.#due.splice(0)) work();
    this.turns.push(this.#now - began);
  }

  get isIdle(): boolean {
    return this.#due.length === 0;
  }
}

test('an event to few clients is written at once', () => {
  const loop = new Loop(fanOutLimits.atOnce);
  loop.broadcast('hello');
  expect(loop.clients.every(({ heard }) => heard[0] === 'hello')).toBe(true);
});

test('a message to 10,000 clients blocks no turn for more than 20 ms, and others are served between its slices', () => {
  const loop = new Loop(10_000);
  const servedAfter: number[] = [];
  loop.turn(() => loop.broadcast('hello'));
  while (!loop.isIdle) loop.turn(() => void servedAfter.push(10_000 - loop.fanOut.waiting));
  expect(loop.clients.every(({ heard }) => heard.length === 1)).toBe(true);
  expect(Math.max(...loop.turns)).toBeLessThanOrEqual(20);
  expect(servedAfter.length).toBeGreaterThan(10);
  expect(servedAfter.filter((delivered) => delivered > 500 && delivered < 9_500).length).toBeGreaterThan(10);
});

test('each gets everything once and in its order, whatever is sent meanwhile and to whom', () => {
  const loop = new Loop(3_000);
  const sent = loop.clients.map(() => [] as string[]);
  const tell = (event: string, from: number, to: number) => {
    loop.broadcast(event, loop.clients.slice(from, to));
    for (const events of sent.slice(from, to)) events.push(event);
  };
  for (let turn = 0; turn < 40; turn += 1)
    loop.turn(() => {
      if (turn % 10 === 0) tell(`all ${turn}`, 0, 3_000);
      tell(`some ${turn}`, (turn * 97) % 2_900, ((turn * 97) % 2_900) + 100);
      tell(`last ${turn}`, 2_999, 3_000);
    });
  while (!loop.isIdle) loop.turn();
  expect(loop.clients.map(({ heard }) => heard)).toEqual(sent);
  expect(Math.max(...loop.turns)).toBeLessThanOrEqual(22);
});

test('clients without waiting events are written to at once', () => {
  const loop = new Loop(10_001);
  loop.turn(() => loop.broadcast('to many', loop.clients.slice(0, 10_000)));
  const other = loop.clients.slice(-1);
  loop.turn(() => loop.broadcast('to one', other));
  expect(other[0]?.heard).toEqual(['to one']);
  expect(loop.fanOut.waiting).toBeGreaterThan(5_000);
});

test('waiting deliveries are bounded: beyond the limit they are written at once', () => {
  const loop = new Loop(1_000, { ...fanOutLimits, waiting: 5_000 });
  for (let count = 0; count < 50; count += 1) {
    loop.broadcast(`${count}`);
    expect(loop.fanOut.waiting).toBeLessThanOrEqual(5_000);
  }
  while (!loop.isIdle) loop.turn();
  const all = Array.from({ length: 50 }, (_, count) => `${count}`);
  expect(loop.clients.every(({ heard }) => heard.join() === all.join())).toBe(true);
});

test('acks overtake waiting events, and later events do not', async () => {
  const written: unknown[] = [];
  const throws = () => {
    throw new Error('This connection was taken for another kind.');
  };
  // Like Socket.IO: one connection uses polling, so that all packets go through the engine.
  const engine = { writeToEngine: (packets: unknown[]) => void written.push(...packets) };
  const conn = { readyState: 'open', writeBuffer: [], transport: { name: 'polling', writable: true } };
  const client = Object.assign(Object.create(engine), { conn });
  deliverDirectly({ on: (_event: string, welcome: (socket: object) => void) => welcome({ client }) } as unknown as Io, throws);
  const broadcast = { wsPreEncodedFrame: [Buffer.alloc(0)] };
  for (let count = 0; count <= fanOutLimits.atOnce; count += 1)
    client.writeToEngine([`2["to many",${count}]`], { ...broadcast });
  client.writeToEngine(['2["to one"]'], {});
  client.writeToEngine(['31["answer"]'], {});
  expect(written.slice(fanOutLimits.atOnce)).toEqual(['31["answer"]']);
  await new Promise((resolve) => setImmediate(resolve));
  expect(written.slice(-2)).toEqual([`2["to many",${fanOutLimits.atOnce}]`, '2["to one"]']);
});
