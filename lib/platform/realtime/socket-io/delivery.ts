import type { Io } from '@/lib/platform/realtime/io';
import { webSocketOf } from '@/lib/platform/realtime/socket-io/websocket';

/** What Socket.IO 4.8 and Engine.IO 6.6 have and their types hide. */
interface Client {
  conn: Connection;
  writeToEngine(packets: unknown, options: Broadcast): void;
}

interface Connection {
  readyState: string;
  /** what waits for the transport */
  writeBuffer: unknown[];
  transport: { writable: boolean };
}

interface Broadcast {
  /** the WebSocket frame, made once for all who get it; absent of what is for one */
  wsPreEncodedFrame?: Buffer[];
}

/** More than this behind a connection, and the engine keeps what follows, where it is counted (sweeps.ts). */
const mostUnwrittenBytes = 64 * 1024;

/**
 * Hands a broadcast's frame to the WebSocket itself. The engine would wrap it, queue it, say so in seven events and wait for its end,
 * for each who gets it; and the answer to its sender would wait for that end too, and be a system call of its own. The engine's way is
 * taken whenever it holds something back already, so everybody gets everything in its order.
 */
export function deliverDirectly(io: Io): void {
  io.on('connection', (socket) => {
    (socket.client as unknown as Client).writeToEngine = writeDirectly;
  });
}

function writeDirectly(this: Client, packets: unknown, options: Broadcast): void {
  const frame = options.wsPreEncodedFrame;
  if (frame && sendAtOnce(this.conn, frame)) return;
  const { writeToEngine } = Object.getPrototypeOf(this) as Client;
  writeToEngine.call(this, packets, options);
}

/** @returns false, without having done anything, where it is not that simple */
function sendAtOnce(conn: Connection, frame: Buffer[]): boolean {
  if (conn.readyState !== 'open' || !conn.transport.writable || conn.writeBuffer.length > 0) return false;
  const webSocket = webSocketOf(conn);
  if (!webSocket || webSocket.readyState !== webSocket.OPEN || webSocket.bufferedAmount > mostUnwrittenBytes) return false;
  // Without a callback, for which each connection would wait apart.
  webSocket._sender.sendFrame(frame);
  return true;
}
