import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { slowUploads } from '@/lib/platform/http/slow-uploads';

export interface BodyTimeouts {
  /** the time in which a whole request must arrive */
  wholeMs: number;
  /** uploads may take longer (lib/platform/http/slow-uploads), but must deliver this many bytes per `paceMs` */
  leastBytes: number;
  paceMs: number;
}

export const defaultBodyTimeouts: BodyTimeouts = { wholeMs: 10_000, leastBytes: 16 * 1024, paceMs: 30_000 };

/**
 * Cuts off clients that deliberately send a body slowly. Node's own headersTimeout (http.ts) covers headers and silent
 * connections. Call this after every other request listener is attached, because it must run first, also for Socket.IO's polling.
 */
export function enforceBodyTimeouts(server: Server, patience: BodyTimeouts = defaultBodyTimeouts): void {
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
    if (encoding === undefined && !Number(length)) return;
    const { socket } = request;
    let seen = socket.bytesRead;
    const look = () => {
      if (request.complete) return done();
      const isPaced = socket.bytesRead - seen >= patience.leastBytes;
      // Data that has arrived but was not read yet is not the client's delay.
      const isOurs = request.readableLength > 0;
      if (!slowUploads().has(idOf(response)) || !(first || isPaced || isOurs)) return cutOff(request, response);
      first = false;
      seen = socket.bytesRead;
      timer = setTimeout(look, patience.paceMs).unref();
    };
    let first = true;
    let timer = setTimeout(look, patience.wholeMs).unref();
    socket.once('close', done);
    request.once('close', () => request.complete && done());
    // The response ended before the request did. Nobody reads the rest of the body, so Node would leave the connection paused,
    // and the next request on it without an answer.
    response.once('finish', () => {
      if (request.complete) return;
      slowUploads().delete(idOf(response));
      clearTimeout(timer);
      timer = setTimeout(look, patience.wholeMs).unref();
      // A handler that stopped half way has also paused the request.
      request.resume();
      socket.resume();
    });
    function done() {
      clearTimeout(timer);
      socket.off('close', done);
      slowUploads().delete(idOf(response));
    }
  });
}

const idOf = (response: ServerResponse) => String(response.getHeader('X-Request-Id') ?? '');

/** Answers 408 and closes the connection, as Node does when headers are late. */
function cutOff({ socket }: IncomingMessage, response: ServerResponse): void {
  if (!response.headersSent) socket.write('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n');
  socket.destroySoon();
}
