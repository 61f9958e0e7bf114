import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import { env } from '@/lib/env/env';
import { limits } from '@/lib/limits/schema';
import { closePresence, openPresence } from '@/lib/presence/presence';
import { clusterAdapter } from '@/lib/realtime/adapter';
import { corkConnections } from '@/lib/realtime/cork';
import { deliverDirectly } from '@/lib/realtime/delivery';
import { encodeAsText } from '@/lib/realtime/encoding';
import { joinFrames } from '@/lib/realtime/frames';
import { currentIo, type Io, type ParleySocket, setIo } from '@/lib/realtime/io';
import { forget } from '@/lib/realtime/rooms';
import { closeRedis, isShared, openRedis } from '@/lib/redis/redis';
import { welcome } from '@/lib/sockets/arrival';
import { handOver, refuseWhileDraining } from '@/lib/sockets/handing-over';
import { authenticate } from '@/lib/sockets/handshake';
import { hearing } from '@/lib/sockets/hearing';
import { answersDone, refuseNewAsks } from '@/lib/sockets/line';
import { forgetRoom, startReconciling, stopReconciling } from '@/lib/sockets/reconciling';
import { startSweeps, stopSweeps } from '@/lib/sockets/sweeps';

export interface SocketOptions {
  /** how long after their last device went somebody is offline */
  offlineAfterMs?: number;
}

/** The process's Socket.IO server, on path /socket.io of this HTTP server. */
export function createSocketServer(httpServer: HttpServer, options: SocketOptions = {}): Io {
  const allowed = env().ALLOWED_ORIGINS;
  corkConnections(httpServer);
  const io: Io = new Server(httpServer, {
    path: '/socket.io',
    serveClient: false,
    allowEIO3: false,
    maxHttpBufferSize: limits().body,
    // 240 KiB a connection against 14.
    perMessageDeflate: false,
    // A connection that shows no sign of life for 40 s is gone; one that never signs in, after 10.
    pingInterval: 20_000,
    pingTimeout: 20_000,
    connectTimeout: 10_000,
    ...(isShared() && { adapter: clusterAdapter(hearing) as never }),
    cors: { origin: allowed.length > 0 ? allowed : false, credentials: false },
  });
  io.engine.use(refuseWhileDraining);
  encodeAsText(io);
  joinFrames(io);
  deliverDirectly(io);
  openRedis();
  openPresence(options.offlineAfterMs);
  io.use(authenticate);
  io.on('connection', welcome);
  io.of('/').adapter.on('delete-room', forget);
  io.of('/').adapter.on('delete-room', forgetRoom);
  setIo(io);
  startSweeps(io);
  if (isShared()) startReconciling(io);
  return io;
}

/** How long what is under way may take to be answered when the process ends; less when sockets were handed over before. */
const closingMs = { alone: 3_000, handedOver: 1_000 };
/** And how long a client may take to read its last answers. */
const drainingMs = 1_000;

/**
 * Hands the sockets over to other nodes, if there are any. Then answers what is in flight, refuses what still comes, and closes every
 * connection in the way that makes clients come back. The HTTP server is the caller's to close.
 */
export async function closeSockets(): Promise<void> {
  const io = currentIo();
  if (!io) return;
  if (isShared()) await handOver(io);
  stopSweeps();
  stopReconciling();
  refuseNewAsks(true);
  await answersDone(isShared() ? closingMs.handedOver : closingMs.alone);
  setIo(null);
  await Promise.race([wait(drainingMs), Promise.all([...io.of('/').sockets.values()].map(drain))]);
  io.of('/').adapter.removeAllListeners();
  io.engine.close();
  await closePresence();
  io.of('/').adapter.close();
  await closeRedis();
  refuseNewAsks(false);
}

/** Closes a connection once it has been written what waits for it; the engine's own close throws that away. */
function drain({ conn }: { conn: ParleySocket['conn'] }): Promise<void> {
  return new Promise((resolve) => {
    conn.once('close', () => resolve());
    conn.close();
  });
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref());
