import type { Server as HttpServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { Server, type ServerOptions } from 'socket.io';
import { recordDelivered } from '@/lib/domain/messages/delivered-revs';
import { closePresence, openPresence } from '@/lib/domain/presence/presence';
import { refuseNewRequests, requestsSettled } from '@/lib/doors/sockets/backpressure';
import { inboundEvents, transientEvents } from '@/lib/doors/sockets/cluster/inbound';
import { forgetRoom, startReconciling, stopReconciling } from '@/lib/doors/sockets/cluster/reconcile';
import { welcome } from '@/lib/doors/sockets/connection';
import { startSweeps, stopSweeps } from '@/lib/doors/sockets/connection-checks';
import { drainSockets, refuseWhileDraining } from '@/lib/doors/sockets/drain';
import { authenticate } from '@/lib/doors/sockets/handshake';
import { env } from '@/lib/platform/env/env';
import { limits } from '@/lib/platform/limits/schema';
import { clusterAdapter } from '@/lib/platform/realtime/adapter';
import { onEmit } from '@/lib/platform/realtime/emit';
import { currentIo, type Io, type ParleySocket, setIo } from '@/lib/platform/realtime/io';
import { releaseRoomName } from '@/lib/platform/realtime/room-names';
import { corkConnections } from '@/lib/platform/realtime/socket-io/cork';
import { patchSocketIo } from '@/lib/platform/realtime/socket-io/internals';
import { closeRedis, isShared, openRedis } from '@/lib/platform/redis/redis';

export interface SocketOptions {
  /** time from the last device's disconnection until the person is offline */
  offlineAfterMs?: number;
}

/** The process's Socket.IO server, on path /socket.io of this HTTP server. */
export function createSocketServer(httpServer: HttpServer, options: SocketOptions = {}): Io {
  corkConnections(httpServer);
  const io: Io = new Server(httpServer, serverOptions());
  io.engine.use(refuseWhileDraining);
  patchSocketIo(io);
  openRedis();
  openPresence(options.offlineAfterMs);
  io.use(authenticate);
  io.on('connection', welcome);
  io.of('/').adapter.on('delete-room', releaseRoomName);
  io.of('/').adapter.on('delete-room', forgetRoom);
  onEmit(recordDelivered);
  setIo(io);
  startSweeps(io);
  if (isShared()) startReconciling(io);
  return io;
}

function serverOptions(): Partial<ServerOptions> {
  const allowed = env().ALLOWED_ORIGINS;
  return {
    path: '/socket.io',
    serveClient: false,
    allowEIO3: false,
    maxHttpBufferSize: limits().body,
    // Compression would take 240 KiB per connection instead of 14.
    perMessageDeflate: false,
    // A connection without a sign of life is closed after 40 s, one that does not authenticate after 10.
    pingInterval: 20_000,
    pingTimeout: 20_000,
    connectTimeout: 10_000,
    ...(isShared() && { adapter: clusterAdapter(inboundEvents, transientEvents) as never }),
    cors: { origin: allowed.length > 0 ? allowed : false, credentials: false },
  };
}

/** Maximum time for running requests when the process ends; less when sockets were handed over before. */
const closingMs = { alone: 3_000, handedOver: 1_000 };
/** Maximum time in which a client may read its last answers. */
const drainingMs = 1_000;

/**
 * Hands the sockets over to other nodes, if there are any. Then it answers requests in flight, refuses new ones, and closes all
 * connections in the way that makes clients reconnect. The caller closes the HTTP server.
 */
export async function closeSockets(): Promise<void> {
  const io = currentIo();
  if (!io) return;
  if (isShared()) await drainSockets(io);
  stopSweeps();
  stopReconciling();
  refuseNewRequests(true);
  await requestsSettled(isShared() ? closingMs.handedOver : closingMs.alone);
  setIo(null);
  await Promise.race([wait(drainingMs, undefined, { ref: false }), Promise.all([...io.of('/').sockets.values()].map(drain))]);
  io.of('/').adapter.removeAllListeners();
  io.engine.close();
  await closePresence();
  io.of('/').adapter.close();
  await closeRedis();
  refuseNewRequests(false);
}

/** Closes a connection after its waiting data has been written; the engine's own close would discard it. */
function drain({ conn }: { conn: ParleySocket['conn'] }): Promise<void> {
  return new Promise((resolve) => {
    conn.once('close', () => resolve());
    conn.close();
  });
}
