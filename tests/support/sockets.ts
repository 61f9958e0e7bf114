import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from 'vitest';
import { signAccessToken } from '@/lib/domain/accounts/access-token';
import { openSession } from '@/lib/domain/sessions/session';
import { closeSockets, createSocketServer } from '@/lib/doors/sockets/server';
import type { WebSocket } from '@/lib/platform/realtime/socket-io/websocket';
import { Client, type Handshake } from '@/tests/support/client';
import type { Person } from '@/tests/support/people';

process.env.AUTH_SECRET ??= 'a secret of 32 characters or more, for tests alone';

/** A real HTTP server with Parley's socket server, for one test file. */
export interface SocketFixture {
  url: string;
  /** A connected, signed-in device of this person. */
  connect(person: Person, handshake?: Handshake): Promise<Client>;
  /** A client that is not accepted yet, or never will be. */
  dial(handshake: Handshake): Client;
}

/** The delay until a person counts as offline, shortened for tests. */
export const testOfflineAfterMs = 500;

export function socketServer(): SocketFixture {
  const server = createServer();
  const clients: Client[] = [];
  const fixture: SocketFixture = {
    url: '',
    dial: (handshake) => {
      const client = new Client(fixture.url, handshake);
      clients.push(client);
      return client;
    },
    connect: async (person, handshake = {}) =>
      fixture.dial({ token: (await tokenFor(person)).token, ...handshake }).connected(),
  };
  beforeAll(async () => {
    createSocketServer(server, { offlineAfterMs: testOfflineAfterMs });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    fixture.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    for (const client of clients) client.close();
    await closeSockets();
    await new Promise((resolve) => server.close(resolve));
  });
  return fixture;
}

/** Creates a session for a device of this person. */
export async function tokenFor(person: Person): Promise<{ token: string; sessionId: string }> {
  const { id: sessionId } = await openSession(person.id, { device: 'A test', address: '127.0.0.1' });
  const { token } = await signAccessToken(person.id, sessionId);
  return { token, sessionId };
}

/** The WebSocket inside a client, which can be paused so that it reads nothing. */
export const webSocketOfClient = ({ socket }: Client) =>
  (socket.io.engine.transport as unknown as { ws: Pick<WebSocket, 'pause' | 'resume'> }).ws;
