import { sessionRoom } from '@/lib/domain/rooms';
import { emit } from '@/lib/platform/realtime/emit';
import { currentIo } from '@/lib/platform/realtime/io';

/** Tells a device's sockets that it was signed out, and closes them. */
export function announceRevoked(sessionId: string): void {
  emit(sessionRoom(sessionId), 'token.expired', { reason: 'revoked' });
  currentIo()?.in(sessionRoom(sessionId)).disconnectSockets(true);
}
