import { writeUse } from '@/lib/domain/sessions/use';
import { expire } from '@/lib/doors/sockets/expiry';
import { run } from '@/lib/platform/db/sql';
import { log } from '@/lib/platform/log/log';
import { processSingleton } from '@/lib/platform/process/singleton';
import type { Io, ParleySocket } from '@/lib/platform/realtime/io';
import { webSocketOf } from '@/lib/platform/realtime/socket-io/websocket';

/** A session that ended without an event to its sockets is noticed within this time. */
const sessionsEveryMs = 60_000;
const listeningSaysEverySeconds = 600;

const readersEveryMs = 1_000;

/** Maximum size of the data that waits for a client that does not read; otherwise one client could use up the memory. */
const maxWaiting = { packets: 5_000, bytes: 16 * 1024 * 1024 };

export function startSweeps(io: Io): void {
  stopSweeps();
  timers().push(
    setInterval(
      () => checkSessions(io).catch((err) => log().error({ err }, 'Could not check sessions.')),
      sessionsEveryMs,
    ).unref(),
    setInterval(() => dropStoppedReaders(io), readersEveryMs).unref(),
  );
}

export function stopSweeps(): void {
  for (const timer of timers().splice(0)) clearInterval(timer);
}

export async function checkSessions(io: Io): Promise<void> {
  // A device that only listens is in use too, so its session must not expire.
  await writeUse([...(await closeEnded(io))], listeningSaysEverySeconds);
}

/**
 * Closes the sockets of ended sessions, with one query for all sockets of this node.
 * @returns the ids of the live sessions
 */
export async function closeEnded(io: Io): Promise<Set<string>> {
  const sockets = [...io.of('/').sockets.values()] as ParleySocket[];
  const live = await liveSessions([...new Set(sockets.map((socket) => socket.data.sessionId))]);
  for (const socket of sockets) if (!live.has(socket.data.sessionId)) expire(socket, 'revoked');
  return live;
}

/** The ids of those of these sessions that are still live. */
async function liveSessions(sessionIds: string[]): Promise<Set<string>> {
  const rows = await run<{ id: string }>(
    'sockets.sessions',
    'SELECT s.id FROM "Session" s WHERE s.id = ANY ($1::uuid[]) AND s."revokedAt" IS NULL AND s."expiresAt" > now()',
    [sessionIds],
  );
  return new Set(rows.map((row) => row.id));
}

/** Disconnects clients that have stopped reading. They reconnect when they read again, and catch up by rev. */
export function dropStoppedReaders(io: Io): void {
  for (const socket of io.of('/').sockets.values()) if (waitsTooMuch(socket as ParleySocket)) socket.conn.close(true);
}

/** Data waits in the engine and in the WebSocket, to which the engine passes a whole burst at once. */
function waitsTooMuch({ conn }: ParleySocket): boolean {
  const { writeBuffer } = conn as unknown as { writeBuffer: { data?: unknown }[] };
  if (writeBuffer.length > maxWaiting.packets) return true;
  const buffered = webSocketOf(conn)?.bufferedAmount ?? 0;
  const bytes = writeBuffer.reduce((sum, { data }) => sum + (typeof data === 'string' ? data.length : 0), buffered);
  return bytes > maxWaiting.bytes;
}

const timers = () => processSingleton<NodeJS.Timeout[]>('socket.sweeps', () => []);
