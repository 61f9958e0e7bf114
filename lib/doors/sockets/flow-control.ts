import type { ParleySocket } from '@/lib/platform/realtime/io';
import { webSocketOf } from '@/lib/platform/realtime/socket-io/websocket';

/**
 * Stops or resumes reading from a client. Unread packets stay in the network and in the client, so they cost this process
 * nothing, not even a refusal. Heartbeats are delayed too: a client whose backlog takes longer than 20 s is closed as dead, and
 * reconnects. Long polling is not paused, because each of its requests is limited by itself.
 */
export function pauseReading(socket: ParleySocket, hold: boolean): void {
  const connection = webSocketOf(socket.conn);
  if (hold) connection?.pause();
  else connection?.resume();
}
