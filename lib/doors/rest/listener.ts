import type { IncomingMessage, ServerResponse } from 'node:http';
import { refusal } from '@/lib/doors/rest/answer';
import { toRequest } from '@/lib/doors/rest/incoming-request';
import type { Match, Method, RouteHandler, RouteModule, RouteTable } from '@/lib/doors/rest/routing';
import { writeResponse } from '@/lib/doors/rest/write-response';
import { notFound } from '@/lib/platform/errors/error';

/**
 * Answers requests of the API: finds the handler of a path and method, calls it, and writes its answer. An unknown path or method
 * is NOT_FOUND. It rejects when the answer could not be written.
 */
export function apiListener(routes: RouteTable<RouteModule>) {
  return async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const [path = ''] = (incoming.url ?? '').split('?', 1);
    await writeResponse(await respond(routes.match(path), incoming, outgoing), incoming, outgoing);
  };
}

async function respond(
  match: Match<RouteModule> | null,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<Response> {
  try {
    const handler = match && handlerOf(match.route, incoming.method ?? 'GET');
    if (!handler) throw notFound();
    return await handler(toRequest(incoming, outgoing), { params: Promise.resolve(match.params) });
  } catch (error) {
    return refusal(error);
  }
}

/** As in the App Router: GET also answers HEAD, and OPTIONS lists the methods. */
function handlerOf(route: RouteModule, method: string): RouteHandler | undefined {
  if (Object.hasOwn(route, method) && isMethod(method)) return route[method];
  if (method === 'HEAD') return route.GET;
  if (method === 'OPTIONS') return () => new Response(null, { status: 204, headers: { Allow: allowed(route).join(', ') } });
  return undefined;
}

const methods: readonly Method[] = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

const isMethod = (method: string): method is Method => methods.includes(method as Method);

const allowed = (route: RouteModule) =>
  methods.filter((method) => method === 'OPTIONS' || route[method] || (method === 'HEAD' && route.GET));
