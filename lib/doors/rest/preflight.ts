import type { IncomingMessage, ServerResponse } from 'node:http';
import { classifyOrigin, corsHeaders } from '@/lib/platform/http/origin';

/**
 * Answers a CORS preflight for the API. The server calls it before Next.js.
 * @returns whether it was answered
 */
export function answerPreflight(request: IncomingMessage, response: ServerResponse): boolean {
  const { origin, host, 'x-forwarded-proto': proto } = request.headers;
  const asks = request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
  if (!asks || !origin || !request.url?.startsWith('/api/')) return false;
  const allowed = classifyOrigin({ origin, host, proto }) === 'allowed';
  response.writeHead(allowed ? 204 : 403, allowed ? { ...corsHeaders(origin), ...permissions } : { Vary: 'Origin' });
  response.end();
  return true;
}

const permissions = {
  'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
  'Access-Control-Allow-Headers': 'Authorization, Content-Type, Range',
  'Access-Control-Max-Age': '600',
};
