import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pool } from '@/lib/db/pool';
import { prisma } from '@/lib/db/prisma';
import { closeSockets, createSocketServer } from '@/lib/sockets/server';
import { Client } from '@/tests/support/client';
import { insertGroup } from '@/tests/support/conversations';
import { createPerson } from '@/tests/support/people';
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

test('what is in flight is answered before the connections close, in the way that makes clients come back', async () => {
  const ada = await createPerson();
  const conversationId = await insertGroup([ada]);
  const client = await new Client(url, { token: (await tokenFor(ada)).token }).connected();
  const closed = client.closed();
  const lock = await pool().connect();
  await lock.query('BEGIN');
  await lock.query('SELECT 1 FROM "Conversation" WHERE id = $1 FOR UPDATE', [conversationId]);
  const sent = client.ask('message.send', { conversationId, clientMessageId: 'last', content: 'Just in time' });
  // Answered, so the one before it is under way.
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

test('whoever was on was seen until now', async () => {
  const ada = await createPerson();
  const client = await new Client(url, { token: (await tokenFor(ada)).token }).connected();
  await client.ask('conversation.heads', {});
  const before = Date.now();
  await closeSockets();
  const { lastSeenAt } = await prisma().user.findUniqueOrThrow({ where: { id: ada.id } });
  expect(lastSeenAt?.getTime()).toBeGreaterThanOrEqual(before);
});

test('closing twice is closing once', async () => {
  await Promise.all([closeSockets(), closeSockets()]);
  await closeSockets();
});
