import type { Io } from '@/lib/platform/realtime/io';
import { release } from '@/lib/platform/realtime/socket-io/cork';
import { FanOut, type Recipient } from '@/lib/platform/realtime/socket-io/fan-out';
import { webSocketOf } from '@/lib/platform/realtime/socket-io/websocket';

/** Members of Socket.IO 4.8 and Engine.IO 6.6 that their types hide. */
interface Client extends Recipient<Written> {
  conn: Connection;
  writeToEngine(packets: unknown, options: Written): void;
}

interface Connection {
  readyState: string;
  /** packets that wait for the transport */
  writeBuffer: unknown[];
  transport: { writable: boolean };
}

/** The options of a write, shared by all recipients of a broadcast. */
interface Written {
  /** the WebSocket frame, encoded once for all recipients; absent for a single one */
  wsPreEncodedFrame?: Buffer[];
  /** the packets, while they wait */
  packets?: unknown;
}

/** With more unwritten bytes the engine queues what follows, where it is counted (lib/doors/sockets/connection-checks.ts). */
const mostUnwrittenBytes = 64 * 1024;

/**
 * Writes a broadcast's frame directly to each WebSocket. The engine would wrap it, queue it, emit seven events and wait for its
 * end, for each recipient. The sender's ack would wait for that end too, and cost a system call of its own. When the engine
 * already has queued packets, its own way is used, so that the order is kept. Broadcasts to very many are written in slices
 * (fan-out.ts). Acks overtake the packets that wait for a slice, events do not.
 * @param warn called once when connections have other internals than expected; the engine then serves them
 */
export function deliverDirectly(io: Io, warn: () => void): void {
  const fanOut = new FanOut<Written, Client>({
    write: writeDirectly,
    flush: release,
    later: setImmediate,
    now: () => performance.now(),
  });
  function writeToEngine(this: Client, packets: unknown, options: Written): void {
    if (options.wsPreEncodedFrame) {
      options.packets = packets;
      fanOut.deliver(this, options);
    } else if (this.waiting && isEvent(packets)) fanOut.deliver(this, { ...options, packets });
    else byEngine(this, packets, options);
  }
  let fits: boolean | undefined;
  io.on('connection', (socket) => {
    const client = socket.client as unknown as Client;
    fits ??= hasInternals(client, warn);
    if (!fits) return;
    client.waiting = undefined;
    client.writeToEngine = writeToEngine;
  });
}

/** Whether a connection has the private members of Socket.IO, Engine.IO and ws that this file uses. */
function hasInternals(client: Client, otherwise: () => void): boolean {
  const { writeToEngine } = Object.getPrototypeOf(client) as Partial<Client>;
  const { readyState, writeBuffer, transport } = (client.conn ?? {}) as Partial<Connection>;
  const fits =
    typeof writeToEngine === 'function' &&
    typeof readyState === 'string' &&
    Array.isArray(writeBuffer) &&
    typeof transport?.writable === 'boolean';
  if (!fits) otherwise();
  return fits;
}

/** The first digit of Socket.IO's packets is their type: 2 is an event, 3 an ack. */
const isEvent = (packets: unknown) => String([packets].flat()[0]).startsWith('2');

function writeDirectly(client: Client, written: Written): void {
  const frame = written.wsPreEncodedFrame;
  if (!frame || !sendAtOnce(client.conn, frame)) byEngine(client, written.packets, written);
}

function byEngine(client: Client, packets: unknown, options: Written): void {
  const { writeToEngine } = Object.getPrototypeOf(client) as Client;
  writeToEngine.call(client, packets, options);
}

/** @returns false, without any effect, when the frame cannot be written directly */
function sendAtOnce(conn: Connection, frame: Buffer[]): boolean {
  if (conn.readyState !== 'open' || !conn.transport.writable || conn.writeBuffer.length > 0) return false;
  const webSocket = webSocketOf(conn);
  if (!webSocket || webSocket.readyState !== webSocket.OPEN || webSocket.bufferedAmount > mostUnwrittenBytes) return false;
  if (typeof webSocket._sender?.sendFrame !== 'function') return false;
  // Without a callback, which each connection would wait for.
  webSocket._sender.sendFrame(frame);
  return true;
}
