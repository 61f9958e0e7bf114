import { createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { GET as ready } from '@/app/api/health/ready/route';
import { drainSockets } from '@/lib/doors/sockets/drain';
import { closeSockets, createSocketServer } from '@/lib/doors/sockets/server';
import { pool } from '@/lib/platform/db/pool';
import { prisma } from '@/lib/platform/db/prisma';
import { setDraining } from '@/lib/platform/process/draining';
import { currentIo, type Io } from '@/lib/platform/realtime/io';
import { Client } from '@/tests/support/client';
import { insertGroup } from '@/tests/support/conversations';
import { createPerson } from '@/tests/support/people';
import { ask } from '@/tests/support/requests';
import { tokenFor } from '@/tests/support/sockets';

let server: Server;
let url: string;

beforeEach(async () => {
  server = createServer();
  createSocketServer(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  await closeSockets();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('pending requests are answered before the connections close, in the way that makes clients reconnect', async () => {
  const ada = await createPerson();
  const conversationId = await insertGroup([ada]);
  const client = await new Client(url, { token: (await tokenFor(ada)).token }).connected();
  const closed = client.closed();
  const lock = await pool().connect();
  await lock.query('BEGIN');
  await lock.query('SELECT 1 FROM "Conversation" WHERE id = $1 FOR UPDATE', [conversationId]);
  const sent = client.ask('message.send', { conversationId, clientMessageId: 'last', content: 'Just in time' });
  // It was answered, so the request before it is running.
  await client.ask('conversation.heads', {});
  const closing = closeSockets();
  const late = client.answer('conversation.heads', {});
  expect(await late).toMatchObject({ ok: false, error: { code: 'UNAVAILABLE', retryAfter: 1 } });
  await lock.query('COMMIT');
  lock.release();
  expect((await sent).seq).toBe(1);
  expect(await closed).toMatch(/^transport/);
  await closing;
});

test('sockets are handed over a few at a time, each with its last answer, and work as usual until then', async () => {
  const ada = await createPerson();
  const conversationId = await insertGroup([ada]);
  const { token } = await tokenFor(ada);
  const clients = await Promise.all(Array.from({ length: 500 }, () => new Client(url, { token }).connected()));
  // Once each socket is settled, later requests are handled at once.
  await Promise.all(clients.map((client) => client.ask('conversation.heads', {})));
  const reasons = clients.map((client) => client.closed());
  const handing = drainSockets(currentIo() as Io);
  await Promise.race(reasons);
  // The first sockets are closed; one of the last ones does not react.
  const late = { conversationId, clientMessageId: 'late', content: 'Still here' };
  expect((await (clients.at(-1) as Client).ask('message.send', late)).seq).toBe(1);
  await handing;
  expect(new Set(await Promise.all(reasons))).toEqual(new Set(['transport close']));
});

test('a draining node refuses new sockets so that a proxy tries the next node', async () => {
  setDraining(true);
  onTestFinished(() => setDraining(false));
  const handshake = (transport: string, headers: Record<string, string> = {}) =>
    new Promise<number | undefined>((resolve, reject) => {
      const request = get(`${url}/socket.io/?EIO=4&transport=${transport}`, { headers }, ({ statusCode }) =>
        resolve(statusCode),
      );
      request.on('upgrade', () => resolve(101)).on('error', reject);
    });
  const upgrade = {
    connection: 'upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  };
  expect(await handshake('polling')).toBe(503);
  expect(await handshake('websocket', upgrade)).toBe(503);
  expect((await ask(ready)).status).toBe(503);
  setDraining(false);
  expect(await handshake('polling')).toBe(200);
  expect((await ask(ready)).status).toBe(200);
});

test('people who were online were last seen at the moment of closing', async () => {
  const ada = await createPerson();
  const client = await new Client(url, { token: (await tokenFor(ada)).token }).connected();
  await client.ask('conversation.heads', {});
  const before = Date.now();
  await closeSockets();
  const { lastSeenAt } = await prisma().user.findUniqueOrThrow({ where: { id: ada.id } });
  expect(lastSeenAt?.getTime()).toBeGreaterThanOrEqual(before);
});

test('closing twice has the same effect as once', async () => {
  await Promise.all([closeSockets(), closeSockets()]);
  await closeSockets();
});
