import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { slowUploads } from '@/lib/platform/http/slow-uploads';

export interface Patience {
  /** how long a request may take to come in */
  wholeMs: number;
  /** what may take longer (lib/platform/http/slow-uploads) has to bring so many bytes in each so many milliseconds */
  leastBytes: number;
  paceMs: number;
}

export const defaultPatience: Patience = { wholeMs: 10_000, leastBytes: 16 * 1024, paceMs: 30_000 };

/**
 * Cuts off who is slow on purpose. Headers, and connections that say nothing, are Node's own headersTimeout (http.ts); bodies are
 * hurried here, because only a route knows whose upload it is. Call it when all else listens for requests, Socket.IO too, whose
 * polling has bodies as well.
 */
export function hurryBodies(server: Server, patience: Patience = defaultPatience): void {
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
    if (encoding === undefined && !Number(length)) return;
    const { socket } = request;
    let seen = socket.bytesRead;
    const look = () => {
      if (request.complete) return done();
      const isPaced = socket.bytesRead - seen >= patience.leastBytes;
      // What has come and waits for us does not make its sender slow.
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
    // Answered before all of it came. Nobody reads the rest, so Node would leave the connection paused, and whatever is sent on it
    // next without an answer.
    response.once('finish', () => {
      if (request.complete) return;
      slowUploads().delete(idOf(response));
      clearTimeout(timer);
      timer = setTimeout(look, patience.wholeMs).unref();
      // The request too: what stopped reading it half way has paused it.
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

/** As Node does it with headers. */
function cutOff({ socket }: IncomingMessage, response: ServerResponse): void {
  if (!response.headersSent) socket.write('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n');
  socket.destroySoon();
}
