import { createAdapter } from '@socket.io/redis-streams-adapter';
import { type ClusterAdapter, type ClusterMessage, MessageType } from 'socket.io-adapter';
import { log } from '@/lib/platform/log/log';
import { isOfParley } from '@/lib/platform/realtime/cluster-messages';
import type { ServerPayloads } from '@/lib/platform/realtime/event-types';
import { blockMs, connectWriter } from '@/lib/platform/realtime/streams';
import { isDegraded } from '@/lib/platform/redis/redis';

/** Handles changes of other nodes. */
export interface InboundEvents {
  /** An event of another node, before it is sent to this node's sockets in the rooms. */
  event<Name extends keyof ServerPayloads>(name: Name, payload: ServerPayloads[Name], rooms: string[]): void;
  /** Another node moved sockets in or out of rooms. */
  moved(rooms: string[]): void;
  /** An event of another node was lost. */
  lost(): void;
}

const streamName = 'parley:events';

/**
 * Approximate length of the Redis stream. A node that hangs or is cut off for longer must read from PostgreSQL. At 1 KiB per
 * entry the stream takes 20 MiB.
 */
const maxLen = 20_000;

/** Maximum size of the data that waits for Redis. Other nodes find the rest in PostgreSQL. */
const maxWaiting = { messages: 10_000, characters: 32 * 1024 * 1024 };

/**
 * Socket.IO's adapter for Redis Streams (version 0.3.1, whose private parts are used), with three differences. This node's own
 * sockets are served at once and without Redis, while the adapter waits for Redis first. The queue for an unreachable Redis is
 * bounded. Each node numbers its entries, so that others drop duplicates and notice losses. See docs/decisions/011.
 * @param transient events of no later use: they are not kept for other nodes while Redis is unreachable
 */
export function clusterAdapter(inbound: InboundEvents, transient: ReadonlySet<string>) {
  const { writer, close } = connectWriter(streamName);
  const create = createAdapter(writer, { streamName, maxLen, blockTimeInMs: blockMs, onlyPlaintext: true });
  // Called with `new`, which arrow functions do not support.
  return function adapt(namespace: unknown): ClusterAdapter {
    const adapter = create(namespace) as unknown as Inner;
    serveLocallyFirst(adapter);
    boundPublishing(adapter, transient);
    countOthers(adapter, inbound);
    const closeAdapter = adapter.close.bind(adapter);
    adapter.close = () => {
      closeAdapter();
      close();
    };
    return adapter as unknown as ClusterAdapter;
  };
}

interface Options {
  rooms: Set<string>;
  except?: Set<string>;
  flags?: Record<string, unknown>;
}

/** The adapter's private members. */
interface Inner {
  uid: string;
  close(): void;
  broadcast(packet: unknown, options: Options): Promise<void>;
  addSockets(options: Options, rooms: string[]): Promise<void>;
  delSockets(options: Options, rooms: string[]): Promise<void>;
  disconnectSockets(options: Options, close: boolean): Promise<void>;
  publish(message: unknown): void;
  doPublish(message: ClusterMessage): Promise<string>;
  onMessage(message: ClusterMessage, offset?: string): void;
}

/** With the `local` flag the adapter sends synchronously. */
function serveLocallyFirst(adapter: Inner): void {
  const { broadcast, addSockets, delSockets, disconnectSockets } = adapter;
  const here = (options: Options) => ({ ...options, flags: { ...options.flags, local: true } });
  const elsewhere = (type: MessageType, options: Options, data: object) => {
    const { rooms, except = [], flags } = options;
    if (!flags?.local) adapter.publish({ type, data: { ...data, opts: { rooms: [...rooms], except: [...except], flags } } });
  };
  adapter.broadcast = async (packet, options) => {
    broadcast.call(adapter, packet, here(options));
    elsewhere(MessageType.BROADCAST, options, { packet });
  };
  adapter.addSockets = async (options, rooms) => {
    addSockets.call(adapter, here(options), rooms);
    elsewhere(MessageType.SOCKETS_JOIN, options, { rooms });
  };
  adapter.delSockets = async (options, rooms) => {
    delSockets.call(adapter, here(options), rooms);
    elsewhere(MessageType.SOCKETS_LEAVE, options, { rooms });
  };
  adapter.disconnectSockets = async (options, close) => {
    disconnectSockets.call(adapter, here(options), close);
    elsewhere(MessageType.DISCONNECT_SOCKETS, options, { close });
  };
}

/** Numbers the published entries, and drops those that would wait too long or exceed the limit. */
function boundPublishing(adapter: Inner, transient: ReadonlySet<string>): void {
  const publish = adapter.doPublish.bind(adapter);
  const waiting = { messages: 0, characters: 0 };
  let count = 0;
  adapter.doPublish = async (message) => {
    if (isDegraded() && transient.has(eventOf(message)?.[0] ?? '')) return '';
    count += 1;
    if (waiting.messages >= maxWaiting.messages || waiting.characters >= maxWaiting.characters) return '';
    const data = dataOf(message);
    data.count = count;
    // Only entries that must wait are measured.
    const characters = isDegraded() ? JSON.stringify(data).length : 0;
    waiting.messages += 1;
    waiting.characters += characters;
    try {
      return await publish(message);
    } finally {
      waiting.messages -= 1;
      waiting.characters -= characters;
    }
  };
}

/** Maximum number of remembered nodes; a restarted node counts as a new one. */
const maxNodes = 1_000;

function countOthers(adapter: Inner, inbound: InboundEvents): void {
  const receive = adapter.onMessage.bind(adapter);
  const counts = new Map<string, number>();
  adapter.onMessage = (message, offset) => {
    try {
      hear(message, offset);
    } catch (error) {
      // If thrown, the error would also lose the other entries of the same read.
      log().warn({ reason: (error as Error).message }, 'An event of another node could not be handled.');
    }
  };
  const hear: Inner['onMessage'] = (message, offset) => {
    if (message.uid === adapter.uid || !isOfParley(message)) return;
    const { count = 0, rooms, opts } = dataOf(message);
    const before = counts.get(message.uid);
    if (before !== undefined && count <= before) return;
    if (before === undefined && counts.size >= maxNodes) counts.clear();
    counts.set(message.uid, count);
    if (before !== undefined && count > before + 1) inbound.lost();
    if (rooms) inbound.moved(rooms);
    const event = eventOf(message);
    if (event) inbound.event(...event, opts?.rooms ?? []);
    receive(message, offset);
  };
}

type Heard = [name: keyof ServerPayloads, payload: ServerPayloads[keyof ServerPayloads]];

interface Data {
  count?: number;
  /** the rooms of the moved sockets */
  rooms?: string[];
  /** the affected sockets */
  opts?: { rooms: string[] };
}

const dataOf = (message: ClusterMessage) => (message as { data: Data }).data;

function eventOf(message: ClusterMessage): Heard | null {
  return message.type === MessageType.BROADCAST ? (message.data.packet as { data: Heard }).data : null;
}
