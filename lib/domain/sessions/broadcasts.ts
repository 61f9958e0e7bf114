import { emit } from '@/lib/domain/emit';
import { sessionRoom } from '@/lib/domain/rooms';
import { currentIo } from '@/lib/platform/realtime/io';

/** Sends a device's sockets the end of their session, and closes them. */
export function announceRevoked(sessionId: string): void {
  emit('token.expired', sessionId, { reason: 'revoked' });
  currentIo()?.in(sessionRoom(sessionId)).disconnectSockets(true);
}
