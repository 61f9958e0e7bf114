import type { ExtendedError } from 'socket.io';
import { findSessionFor } from '@/lib/doors/auth/person';
import { admissionQueue } from '@/lib/doors/sockets/admission';
import { toWire } from '@/lib/doors/sockets/answer';
import { joinRooms } from '@/lib/doors/sockets/cluster/rooms';
import { forbidden, ParleyError } from '@/lib/platform/errors/error';
import { classifyOrigin } from '@/lib/platform/http/origin';
import type { ParleySocket } from '@/lib/platform/realtime/io';

/** Requires a session for every socket, and adds the socket to its rooms before any event can be sent. */
export async function authenticate(socket: ParleySocket, next: (error?: ExtendedError) => void): Promise<void> {
  try {
    await admissionQueue().enter(() => socket.conn.readyState !== 'open');
    Object.assign(socket.data, await identify(socket));
    await joinRooms(socket);
    next();
  } catch (error) {
    const wire = toWire(error, 'handshake');
    next(Object.assign(new Error(wire.message), { data: wire }));
  }
}

async function identify(socket: ParleySocket): Promise<ParleySocket['data']> {
  const { headers, auth } = socket.handshake;
  const origin = classifyOrigin({ origin: headers.origin, host: headers.host, proto: headers['x-forwarded-proto'] });
  // CORS does not cover WebSockets. Refused here and not in the engine, so that the client gets the reason.
  if (origin === 'foreign') throw forbidden('Connections from other sites are not accepted here.');
  const session = await findSessionFor({
    // A page of another site must send a token; the cookies that its browser adds do not count.
    cookieHeader: origin === 'allowed' ? undefined : headers.cookie,
    authorization: headers.authorization,
    token: typeof auth.token === 'string' ? auth.token : undefined,
  });
  if (!session) throw new ParleyError('UNAUTHENTICATED', 'Sign in first.');
  return { userId: session.userId, sessionId: session.sessionId, expiresAt: session.expiresAt?.getTime() };
}
