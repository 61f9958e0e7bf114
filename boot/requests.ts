import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { env } from '@/lib/platform/env/env';
import { log } from '@/lib/platform/log/log';
import { inContext } from '@/lib/platform/process/context';

/**
 * Gives a request an id for its log lines and its answer: the trusted proxy's, otherwise a new one. With LOG_LEVEL debug the path
 * is logged, but not the query, which may be a private search.
 */
export function stampRequest(request: IncomingMessage, response: ServerResponse): string {
  const given = request.headers['x-request-id'];
  const requestId = env().TRUST_PROXY > 0 && typeof given === 'string' && /^[\w.-]{8,64}$/.test(given) ? given : randomUUID();
  response.setHeader('X-Request-Id', requestId);
  if (log().isLevelEnabled('debug')) logRequest(request, response, requestId);
  return requestId;
}

function logRequest(request: IncomingMessage, response: ServerResponse, requestId: string): void {
  const begun = performance.now();
  const { method, url = '' } = request;
  response.once('close', () => {
    const ms = Math.round(performance.now() - begun);
    const path = url.split('?', 1)[0];
    inContext({ requestId }, () => log().debug({ method, path, status: response.statusCode, ms }, 'A request was answered.'));
  });
}
