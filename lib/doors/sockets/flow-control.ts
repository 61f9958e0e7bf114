import type { ParleySocket } from '@/lib/platform/realtime/io';
import { webSocketOf } from '@/lib/platform/realtime/socket-io/websocket';

/**
 * Stops reading what a client sends, or reads on. What it sends meanwhile waits in the network and then in the client itself: it
 * costs nothing here, not even being refused. So do its heartbeats: whoever has more waiting than is answered in 20 s is taken for
 * gone, and comes back. One that polls is not held: each of its requests is bounded by itself.
 */
export function pauseReading(socket: ParleySocket, hold: boolean): void {
  const connection = webSocketOf(socket.conn);
  if (hold) connection?.pause();
  else connection?.resume();
}
