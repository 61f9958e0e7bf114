import type { Io } from '@/lib/platform/realtime/io';
import { release } from '@/lib/platform/realtime/socket-io/cork';
import { FanOut, type Recipient } from '@/lib/platform/realtime/socket-io/fan-out';
import { webSocketOf } from '@/lib/platform/realtime/socket-io/websocket';

/** What Socket.IO 4.8 and Engine.IO 6.6 have and their types hide. */
interface Client extends Recipient<Written> {
  conn: Connection;
  writeToEngine(packets: unknown, options: Written): void;
}

interface Connection {
  readyState: string;
  /** what waits for the transport */
  writeBuffer: unknown[];
  transport: { writable: boolean };
}

/** The options of a write, which all who get a broadcast have in common. */
interface Written {
  /** the WebSocket frame, made once for all who get it; absent of what is for one */
  wsPreEncodedFrame?: Buffer[];
  /** what is written, while it waits */
  packets?: unknown;
}

/** More than this behind a connection, and the engine keeps what follows, where it is counted (sweeps.ts). */
const mostUnwrittenBytes = 64 * 1024;

/**
 * Hands a broadcast's frame to the WebSocket itself. The engine would wrap it, queue it, say so in seven events and wait for its end,
 * for each who gets it; and the answer to its sender would wait for that end too, and be a system call of its own. The engine's way is
 * taken whenever it holds something back already, so everybody gets everything in its order.
 *
 * What goes to very many is written in slices (fan-out.ts). Answers pass what waits for a connection, events stay behind it.
 * @param warn called once when connections have other internals than expected; they are then left to the engine
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

/** Whether a connection has what this file uses of Socket.IO, Engine.IO and ws. */
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

/** Socket.IO's packets begin with their type: 2 is an event, 3 an answer. */
const isEvent = (packets: unknown) => String([packets].flat()[0]).startsWith('2');

function writeDirectly(client: Client, written: Written): void {
  const frame = written.wsPreEncodedFrame;
  if (!frame || !sendAtOnce(client.conn, frame)) byEngine(client, written.packets, written);
}

function byEngine(client: Client, packets: unknown, options: Written): void {
  const { writeToEngine } = Object.getPrototypeOf(client) as Client;
  writeToEngine.call(client, packets, options);
}

/** @returns false, without having done anything, where it is not that simple */
function sendAtOnce(conn: Connection, frame: Buffer[]): boolean {
  if (conn.readyState !== 'open' || !conn.transport.writable || conn.writeBuffer.length > 0) return false;
  const webSocket = webSocketOf(conn);
  if (!webSocket || webSocket.readyState !== webSocket.OPEN || webSocket.bufferedAmount > mostUnwrittenBytes) return false;
  if (typeof webSocket._sender?.sendFrame !== 'function') return false;
  // Without a callback: each connection would wait for its own.
  webSocket._sender.sendFrame(frame);
  return true;
}
