import { writeUse } from '@/lib/domain/sessions/use';
import { expire } from '@/lib/doors/sockets/expiry';
import { run } from '@/lib/platform/db/sql';
import { log } from '@/lib/platform/log/log';
import { processSingleton } from '@/lib/platform/process/singleton';
import type { Io, ParleySocket } from '@/lib/platform/realtime/io';
import { webSocketOf } from '@/lib/platform/realtime/socket-io/websocket';

/** A session that ended without anybody telling its sockets is noticed within this. */
const sessionsEveryMs = 60_000;
const listeningSaysEverySeconds = 600;

const readersEveryMs = 1_000;

/** What may wait for a client that does not read: bounded, or one stopped reader eats the memory of all. */
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
  // A device that only listens is in use too: its session is not to run out under it.
  await writeUse([...(await closeEnded(io))], listeningSaysEverySeconds);
}

/** Closes the sockets of sessions that are over: one query for all sockets of this node. @returns the sessions that stand */
export async function closeEnded(io: Io): Promise<Set<string>> {
  const sockets = [...io.of('/').sockets.values()] as ParleySocket[];
  const live = await liveSessions([...new Set(sockets.map((socket) => socket.data.sessionId))]);
  for (const socket of sockets) if (!live.has(socket.data.sessionId)) expire(socket, 'revoked');
  return live;
}

/** Which of these sessions still stand. */
async function liveSessions(sessionIds: string[]): Promise<Set<string>> {
  const rows = await run<{ id: string }>(
    'sockets.sessions',
    'SELECT s.id FROM "Session" s WHERE s.id = ANY ($1::uuid[]) AND s."revokedAt" IS NULL AND s."expiresAt" > now()',
    [sessionIds],
  );
  return new Set(rows.map((row) => row.id));
}

/** They come back when they read again, and catch up by rev. */
export function dropStoppedReaders(io: Io): void {
  for (const socket of io.of('/').sockets.values()) if (waitsTooMuch(socket as ParleySocket)) socket.conn.close(true);
}

/** What waits for a client to read: in the engine, and in the WebSocket, to which the engine hands a whole burst at once. */
function waitsTooMuch({ conn }: ParleySocket): boolean {
  const { writeBuffer } = conn as unknown as { writeBuffer: { data?: unknown }[] };
  if (writeBuffer.length > maxWaiting.packets) return true;
  const buffered = webSocketOf(conn)?.bufferedAmount ?? 0;
  const bytes = writeBuffer.reduce((sum, { data }) => sum + (typeof data === 'string' ? data.length : 0), buffered);
  return bytes > maxWaiting.bytes;
}

const timers = () => processSingleton<NodeJS.Timeout[]>('socket.sweeps', () => []);
