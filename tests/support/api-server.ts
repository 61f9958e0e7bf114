import { once } from 'node:events';
import { createServer, type IncomingMessage, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from 'vitest';
import { enforceBodyTimeouts } from '@/boot/body-timeouts';
import { apiListener } from '@/lib/doors/rest/listener';
import { type RouteHandler, type RouteModule, RouteTable } from '@/lib/doors/rest/routing';

// Handlers behind a real HTTP server, like those of the API.

const routes = new RouteTable<RouteModule>();
export const server = createServer((request, response) => {
  apiListener(routes)(request, response).catch(() => response.destroy());
});
let port = 0;

export const serverPort = () => port;

beforeAll(async () => {
  enforceBodyTimeouts(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  port = (server.address() as AddressInfo).port;
});
afterAll(() => void server.close());

/** Serves handlers at `/api/<name>/:id`. */
export const serve = (name: string, { get: GET, post: POST, delete: DELETE }: Record<string, RouteHandler>) =>
  routes.add(['api', name, '[id]'], { ...(GET && { GET }), ...(POST && { POST }), ...(DELETE && { DELETE }) });

export const call = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init);

/** The raw answer. fetch would decompress it and follow redirects. */
export async function raw(
  path: string,
  options: { method?: string; headers?: Record<string, string> } = {},
): Promise<IncomingMessage> {
  const [response] = await once(send({ host: '127.0.0.1', port, path, ...options }).end(), 'response');
  return response;
}
