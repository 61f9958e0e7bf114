import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { requestsSettled } from '@/lib/doors/sockets/backpressure';
import { pauseReading } from '@/lib/doors/sockets/flow-control';
import { log } from '@/lib/platform/log/log';
import { isDraining } from '@/lib/platform/process/draining';
import type { Io, ParleySocket } from '@/lib/platform/realtime/io';

/** The node that takes them over has a handshake and some questions of each: so many come to it in a second, */
const perSecond = 1_000;
/** but more where there are so many that a supervisor would lose its patience. */
const longestMs = 4_000;
const turnMs = 50;
/** How long sockets whose turn has come may wait for their last answers. */
const answeringMs = 500;

/**
 * Closes all sockets, a few at a time, each when what it asked is answered, in the way that makes clients come back at once: to
 * another node, since this one takes no new ones. Until its turn comes each is served as ever. What does not fit into 4 s is left
 * to the caller.
 */
export async function drainSockets(io: Io): Promise<void> {
  const rest = [...io.of('/').sockets.values()] as ParleySocket[];
  if (rest.length === 0) return;
  log().info({ sockets: rest.length }, 'This node was told to stop and hands its sockets over.');
  const end = Date.now() + Math.min(longestMs, (rest.length / perSecond) * 1_000);
  for (let left = end - Date.now(); rest.length > 0 && left > -turnMs; left = end - Date.now()) {
    const turns = Math.max(1, Math.ceil(left / turnMs));
    await Promise.all([release(rest.splice(0, Math.ceil(rest.length / turns))), wait(turnMs)]);
  }
}

async function release(sockets: ParleySocket[]): Promise<void> {
  for (const socket of sockets) pauseReading(socket, true);
  await requestsSettled(answeringMs);
  for (const socket of sockets) {
    socket.conn.close();
    // What comes from here on is not looked at any more, except that the client agrees to the end.
    pauseReading(socket, false);
  }
}

/** Sends away whoever would begin a connection at a node that drains, in the way in which a proxy tries the next one. */
export function refuseWhileDraining(request: IncomingMessage, response: ServerResponse, next: () => void): void {
  const begins = !new URLSearchParams(request.url?.split('?')[1]).has('sid');
  if (!isDraining() || !begins) next();
  // Of an upgrade there is no response, only the connection itself.
  else if (request.headers.upgrade) request.socket.end(`HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n`);
  else response.writeHead(503, { Connection: 'close' }).end();
}
