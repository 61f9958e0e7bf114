import type { ParleySocket } from '@/lib/platform/realtime/io';

/** Tells a socket that it may not stay, and closes it. */
export function expire(socket: ParleySocket, reason: 'expired' | 'revoked'): void {
  socket.emit('token.expired', { reason });
  socket.disconnect(true);
}

/** A socket that came with a bearer token goes with it. @returns what calls that off */
export function expireLater(socket: ParleySocket): () => void {
  if (socket.data.expiresAt === undefined) return () => {};
  const timer = setTimeout(() => expire(socket, 'expired'), Math.max(0, socket.data.expiresAt - Date.now()));
  timer.unref();
  return () => clearTimeout(timer);
}
