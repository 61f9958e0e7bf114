import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Server as NetServer } from 'node:net';
import { defaultBodyTimeouts } from '@/boot/body-timeouts';
import { setSecurityHeaders, stampAddress } from '@/boot/headers';
import { stampRequest } from '@/boot/requests';
import { answerPreflight } from '@/lib/doors/rest/preflight';
import { invalid, notFound, type ParleyError } from '@/lib/platform/errors/error';
import { inContext } from '@/lib/platform/process/context';
import { isDraining } from '@/lib/platform/process/draining';
import { tryPort } from '@/lib/platform/process/port';
import { StartupError } from '@/lib/platform/process/startup-error';

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

interface Handlers {
  /** requests under /api/ */
  api: Handler;
  /** all other requests: Next.js */
  pages: Handler;
}

/** Sets every answer's headers and every request's id, and passes the request to the API or to the pages. */
export function requestListener(
  { api, pages }: Handlers,
  dev: boolean,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    stampAddress(request);
    request.url = ownPath(request.url ?? '/');
    const requestId = stampRequest(request, response);
    setSecurityHeaders(request, response, dev);
    // A proxy that keeps connections for later requests must have none left when this node closes them.
    if (isDraining()) response.setHeader('Connection', 'close');
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    if (answerPreflight(request, response)) return;
    if (path.startsWith('/socket.io')) return refuse(response, notFound());
    const isApi = path.startsWith('/api/');
    if (isApi && !canDecode(path)) return refuse(response, invalid({ path: 'This is not a valid address.' }));
    inContext({ requestId }, () => (isApi ? api : pages)(request, response)).catch((error) => {
      response.destroy(error);
    });
  };
}

/**
 * The path and query of a request's target. The target may be an absolute URL (RFC 9112, 3.2.2). Its host is as untrusted as the
 * Host header, and Next.js would redirect to it.
 */
function ownPath(target: string): string {
  if (target.startsWith('/') || !URL.canParse(target)) return target;
  const { pathname, search } = new URL(target);
  return pathname + search;
}

/**
 * Listens on a port, or on a free one when it is 0.
 * @returns the port
 * @throws StartupError
 */
export function listen(server: Server, port: number, host: string): Promise<number> {
  // An upload over a slow connection may take minutes (body-timeouts.ts limits other requests). Headers may not.
  server.requestTimeout = 60 * 60_000;
  server.headersTimeout = defaultBodyTimeouts.wholeMs;
  // The same holds for a client that does not read its answer.
  server.timeout = 120_000;
  // Longer than proxies keep their connections, or they would write into one that was just closed.
  server.keepAliveTimeout = 75_000;
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(error, port, host)));
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

/**
 * Checks that the port is free, without accepting connections.
 * @throws StartupError
 */
export async function requirePort(port: number, host: string): Promise<void> {
  await tryPort(port, host).catch((error) => {
    throw cannotListen(error, port, host);
  });
}

/**
 * Stops accepting connections, waits for running requests, and cuts those that take longer.
 * @param idleMs how long a connection without a request stays open, because a proxy may be sending the next one
 */
export function closeHttp(server: Server, milliseconds: number, idleMs = 0): Promise<void> {
  return new Promise((resolve) => {
    const idle = setTimeout(() => server.closeIdleConnections(), idleMs);
    const patience = setTimeout(() => server.closeAllConnections(), milliseconds);
    const done = () => {
      clearTimeout(idle);
      clearTimeout(patience);
      resolve();
    };
    // The HTTP server's own close() would end idle connections at once. Pending connections are accepted first: a listener that
    // closes would cut them off, and a proxy that has sent its request cannot try another node.
    setImmediate(() => setImmediate(() => NetServer.prototype.close.call(server, done)));
  });
}

function canDecode(path: string): boolean {
  try {
    return decodeURIComponent(path) !== '';
  } catch {
    return false;
  }
}

function refuse(response: ServerResponse, error: ParleyError): void {
  response.writeHead(error.status, jsonHeaders);
  response.end(bodyOf(error));
}

const jsonHeaders = { 'Content-Type': 'application/json', 'Cache-Control': 'private, no-store' };

const bodyOf = (error: ParleyError) => JSON.stringify({ error: error.toWire() });

function cannotListen({ code, message }: NodeJS.ErrnoException, port: number, host: string): StartupError {
  const reasons: Record<string, string> = {
    EADDRINUSE: `port ${port} is taken by another program. Stop that one, or set PORT to another: PORT=${port + 1} npm start`,
    EACCES: `this user may not listen on port ${port}. Set PORT to one from 1024 on`,
    EADDRNOTAVAIL: `this machine has no address ${host}. Set HOST to one of its own, or to 0.0.0.0 for all`,
    ENOTFOUND: `there is no host ${host}. Set HOST to an address of this machine, or to 0.0.0.0 for all`,
  };
  return new StartupError(`${reasons[code ?? ''] ?? `it cannot listen on ${host}:${port} (${message})`}.`);
}
