import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { requestsSettled } from '@/lib/doors/sockets/backpressure';
import { pauseReading } from '@/lib/doors/sockets/flow-control';
import { log } from '@/lib/platform/log/log';
import { isDraining } from '@/lib/platform/process/draining';
import type { Io, ParleySocket } from '@/lib/platform/realtime/io';

/** Each handed over socket costs the next node a handshake and some queries, so this many are closed per second. */
const perSecond = 1_000;
/** With very many sockets the rate is higher, so that a supervisor does not lose its patience. */
const maxMs = 4_000;
const turnMs = 50;
/** Maximum time in which a socket whose turn has come waits for its last answers. */
const lastAnswersMs = 500;

/**
 * Closes all sockets, a few at a time, after their requests are answered. The way of closing makes clients reconnect at once: to
 * another node, because this one accepts no more. Until its turn a socket is served as usual. Sockets that remain after 4 s are
 * left to the caller.
 */
export async function drainSockets(io: Io): Promise<void> {
  const rest = [...io.of('/').sockets.values()] as ParleySocket[];
  if (rest.length === 0) return;
  log().info({ sockets: rest.length }, 'This node was told to stop and hands its sockets over.');
  const end = Date.now() + Math.min(maxMs, (rest.length / perSecond) * 1_000);
  for (let left = end - Date.now(); rest.length > 0 && left > -turnMs; left = end - Date.now()) {
    const turns = Math.max(1, Math.ceil(left / turnMs));
    await Promise.all([release(rest.splice(0, Math.ceil(rest.length / turns))), wait(turnMs)]);
  }
}

async function release(sockets: ParleySocket[]): Promise<void> {
  for (const socket of sockets) pauseReading(socket, true);
  await requestsSettled(lastAnswersMs);
  for (const socket of sockets) {
    socket.conn.close();
    // From here on packets are ignored, except the client's acknowledgement of the close.
    pauseReading(socket, false);
  }
}

/** Refuses new connections while this node drains, in the way that makes a proxy try the next node. */
export function refuseWhileDraining(request: IncomingMessage, response: ServerResponse, next: () => void): void {
  const begins = !new URLSearchParams(request.url?.split('?')[1]).has('sid');
  if (!isDraining() || !begins) next();
  // An upgrade has no response, only the connection itself.
  else if (request.headers.upgrade) request.socket.end(`HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n`);
  else response.writeHead(503, { Connection: 'close' }).end();
}
