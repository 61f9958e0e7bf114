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

/** A real HTTP server with the socket server on it, for one test file. */
export interface SocketFixture {
  url: string;
  /** A signed-in device of this person, connected. */
  connect(person: Person, handshake?: Handshake): Promise<Client>;
  /** A client that has not been accepted yet, or never will be. */
  dial(handshake: Handshake): Client;
}

/** Somebody is offline so soon after their last device went, in tests. */
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

/** Signs a device of this person in. */
export async function tokenFor(person: Person): Promise<{ token: string; sessionId: string }> {
  const { id: sessionId } = await openSession(person.id, { device: 'A test', address: '127.0.0.1' });
  const { token } = await signAccessToken(person.id, sessionId);
  return { token, sessionId };
}

/** A connected client's WebSocket, which its library hides: one that is paused reads nothing. */
export const webSocketOfClient = ({ socket }: Client) =>
  (socket.io.engine.transport as unknown as { ws: Pick<WebSocket, 'pause' | 'resume'> }).ws;
