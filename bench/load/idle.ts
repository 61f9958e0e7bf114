import { performance } from 'node:perf_hooks';
import { WireClient } from '@/bench/load/wire';

/** Connections that are opened, send one request each and then stay idle until this process ends. */
export interface IdlePlan {
  port: number;
  /** auth objects of the handshakes, used in turn */
  auths: object[];
  /** the request that each connection sends once: an event and its input */
  request: [event: string, input: string];
  count: number;
}

/** Makes the first connection send one message to a room that all of them are in. */
export interface BroadcastOrder {
  conversationId: string;
}

/** times in ms; `each` per connection, until it is signed in and in its rooms */
export interface Opened {
  tookMs: number;
  each: number[];
}

/** times in ms since the message was sent; `last` is NaN when not all connections received it within 30 s */
export interface BroadcastTimes {
  acked: number;
  first: number;
  last: number;
  /** number of deliveries, ideally one per connection */
  received: number;
}

const concurrency = 50;
const wires: WireClient[] = [];

process.on('message', async (order: IdlePlan | BroadcastOrder) => {
  process.send?.('count' in order ? await open(order) : await broadcast(order));
});

async function open({ port, auths, request, count }: IdlePlan): Promise<Opened> {
  const startedAt = performance.now();
  const each: number[] = [];
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const auth = auths[next++ % auths.length] ?? {};
      const since = performance.now();
      const wire = await WireClient.connect(port, auth);
      each.push(performance.now() - since);
      wires.push(wire);
      await wire.request(...request);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return { tookMs: performance.now() - startedAt, each };
}

async function broadcast({ conversationId }: BroadcastOrder): Promise<BroadcastTimes> {
  const [sender] = wires;
  const times: BroadcastTimes = { acked: Number.NaN, first: Number.NaN, last: Number.NaN, received: 0 };
  const startedAt = performance.now();
  const since = () => performance.now() - startedAt;
  for (const wire of wires)
    wire.onEvent = ([name]) => {
      if (name !== 'message.received') return;
      times.received += 1;
      if (times.received === 1) times.first = since();
      if (times.received === wires.length) times.last = since();
    };
  const clientMessageId = crypto.randomUUID();
  await sender?.request('message.send', JSON.stringify({ conversationId, clientMessageId, content: 'To all of you.' }));
  times.acked = since();
  // Wait a moment longer, to detect surplus deliveries.
  while (Number.isNaN(times.last) && since() < 30_000) await elapse(20);
  await elapse(500);
  return times;
}

const elapse = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
