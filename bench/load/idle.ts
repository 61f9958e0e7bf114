import { performance } from 'node:perf_hooks';
import { WireClient } from '@/bench/load/wire';

/** Connections that are opened, say one thing and then stay; until this process is ended. */
export interface IdlePlan {
  port: number;
  /** the handshake's auth objects, taken in turn */
  auths: object[];
  /** what each connection asks once: an event and its input */
  asks: [event: string, input: string];
  count: number;
}

/** The first of the connections says something, once, in a room that all of them are in. */
export interface Saying {
  conversationId: string;
}

/** ms, of each connection: until it is signed in and in its rooms */
export interface Opened {
  tookMs: number;
  each: number[];
}

/** ms since the message was sent; `last` is NaN when not all have it within 30 s */
export interface Heard {
  acked: number;
  first: number;
  last: number;
  /** deliveries, which is at best one a connection */
  received: number;
}

const atOnce = 50;
const wires: WireClient[] = [];

process.on('message', async (order: IdlePlan | Saying) => {
  process.send?.('count' in order ? await open(order) : await say(order));
});

async function open({ port, auths, asks, count }: IdlePlan): Promise<Opened> {
  const began = performance.now();
  const each: number[] = [];
  let next = 0;
  const line = async () => {
    while (next < count) {
      const auth = auths[next++ % auths.length] ?? {};
      const since = performance.now();
      const wire = await WireClient.connect(port, auth);
      each.push(performance.now() - since);
      wires.push(wire);
      await wire.ask(...asks);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, line));
  return { tookMs: performance.now() - began, each };
}

async function say({ conversationId }: Saying): Promise<Heard> {
  const [speaker] = wires;
  const heard: Heard = { acked: Number.NaN, first: Number.NaN, last: Number.NaN, received: 0 };
  const began = performance.now();
  const since = () => performance.now() - began;
  for (const wire of wires)
    wire.onEvent = ([name]) => {
      if (name !== 'message.received') return;
      heard.received += 1;
      if (heard.received === 1) heard.first = since();
      if (heard.received === wires.length) heard.last = since();
    };
  const clientMessageId = crypto.randomUUID();
  await speaker?.ask('message.send', JSON.stringify({ conversationId, clientMessageId, content: 'To all of you.' }));
  heard.acked = since();
  // And a moment longer, so that one too many shows too.
  while (Number.isNaN(heard.last) && since() < 30_000) await elapse(20);
  await elapse(500);
  return heard;
}

const elapse = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
