import type { IncomingMessage } from 'node:http';
import { showsTo } from '@/lib/domain/conversations/kinds';
import { shapeConversation } from '@/lib/domain/conversations/shape';
import { connect, disconnect } from '@/lib/domain/presence/presence';
import type { Availability } from '@/lib/domain/presence/schema';
import { stopTypingEverywhere } from '@/lib/domain/typing/typing';
import { correctRooms } from '@/lib/doors/sockets/cluster/rooms';
import { answerEvents } from '@/lib/doors/sockets/dispatch';
import { expire, expireLater } from '@/lib/doors/sockets/expiry';
import { socketMetrics } from '@/lib/doors/sockets/metrics';
import { run } from '@/lib/platform/db/sql';
import { log } from '@/lib/platform/log/log';
import { isDraining } from '@/lib/platform/process/draining';
import type { ParleySocket } from '@/lib/platform/realtime/io';

/**
 * Sets up a connected socket. All listeners are registered before the first await, so that no early event is lost; requests wait
 * for settle().
 */
export function welcome(socket: ParleySocket): void {
  const { userId, sessionId } = socket.data;
  const { connections, disconnections } = socketMetrics();
  connections.inc();
  log().debug({ socketId: socket.id, userId }, 'A socket connected.');
  socket.emit('connection.authenticated', { userId, sessionId, serverTime: new Date().toISOString() });
  const settled = settle(socket);
  answerEvents(socket, settled);
  const stopExpiry = expireLater(socket);
  socket.on('disconnect', (reason) => {
    disconnections.inc({ reason });
    log().debug({ socketId: socket.id, userId, reason }, 'A socket went.');
    stopExpiry();
    // A person whose socket is handed over goes on typing on another node. Otherwise the indicator expires by itself.
    if (!isDraining()) stopTypingEverywhere(userId, socket.id);
    // After settling; otherwise a device that disconnects while it connects would stay online for ever.
    settled
      .then(() => disconnect(userId, socket.id))
      .catch((err) => log().error({ err }, 'Could not note that a device went.'));
  });
  forgetRequest(socket);
}

/** Catches up with changes during the handshake. Never throws: a socket that cannot be settled is disconnected, and reconnects. */
async function settle(socket: ParleySocket): Promise<void> {
  const { userId, sessionId } = socket.data;
  try {
    await joinMissingRooms(socket);
    // Last, so that the status is as recent as possible.
    const [standing] = await run<{ availability: Availability }>('sockets.standing', standingText, [sessionId]);
    if (!standing) return expire(socket, 'revoked');
    await connect(userId, socket.id, standing.availability);
  } catch (err) {
    log().error({ err, socketId: socket.id }, 'Could not settle a socket.');
    socket.conn.close();
  }
}

const standingText = `
  SELECT lower(u.availability::text) AS availability FROM "Session" s JOIN "User" u ON u.id = s."userId"
  WHERE s.id = $1 AND s."revokedAt" IS NULL AND s."expiresAt" > now()`;

/** Adds a socket to its missing rooms, and sends it the conversations that it did not know. */
export async function joinMissingRooms(socket: ParleySocket): Promise<void> {
  for (const id of await correctRooms(socket)) await tell(socket, id);
}

/** The person was added during the handshake, and their page may have loaded its list before. */
async function tell(socket: ParleySocket, conversationId: string): Promise<void> {
  const conversation = await shapeConversation(conversationId, socket.data.userId);
  if (conversation.me && showsTo(socket.data.userId, conversation)) socket.emit('conversation.created', { conversation });
}

/**
 * Drops the handshake request: it is most of an idle connection's memory, and holds cookies and tokens. From here on nothing
 * reads it any more.
 */
function forgetRequest(socket: ParleySocket): void {
  (socket.conn as { request: IncomingMessage | null }).request = null;
  Object.assign(socket.handshake, { headers: {}, query: {}, auth: {}, url: '' });
}
