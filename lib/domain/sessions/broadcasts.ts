import { emit } from '@/lib/domain/emit';
import { sessionRoom } from '@/lib/domain/rooms';
import { currentIo } from '@/lib/platform/realtime/io';

/** Tells a device's sockets that it was signed out, and closes them. */
export function announceRevoked(sessionId: string): void {
  emit('token.expired', sessionId, { reason: 'revoked' });
  currentIo()?.in(sessionRoom(sessionId)).disconnectSockets(true);
}
