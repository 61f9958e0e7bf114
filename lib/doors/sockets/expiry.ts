import type { ParleySocket } from '@/lib/platform/realtime/io';

/** Sends a socket the end of its session, and closes it. */
export function expire(socket: ParleySocket, reason: 'expired' | 'revoked'): void {
  socket.emit('token.expired', { reason });
  socket.disconnect(true);
}

/**
 * Closes a socket when its bearer token expires.
 * @returns a function that cancels it
 */
export function expireLater(socket: ParleySocket): () => void {
  if (socket.data.expiresAt === undefined) return () => {};
  const timer = setTimeout(() => expire(socket, 'expired'), Math.max(0, socket.data.expiresAt - Date.now()));
  timer.unref();
  return () => clearTimeout(timer);
}
