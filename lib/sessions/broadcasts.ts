import { emit } from '@/lib/realtime/emit';
import { currentIo } from '@/lib/realtime/io';
import { sessionRoom } from '@/lib/realtime/rooms';

/** Tells a device's sockets that it was signed out, and closes them. */
export function announceRevoked(sessionId: string): void {
  emit(sessionRoom(sessionId), 'token.expired', { reason: 'revoked' });
  currentIo()?.in(sessionRoom(sessionId)).disconnectSockets(true);
}
