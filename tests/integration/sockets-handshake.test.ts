import { randomUUID } from 'node:crypto';
import { encode } from 'next-auth/jwt';
import { expect, test } from 'vitest';
import { authSecret } from '@/lib/domain/accounts/secret';
import { endSession, openSession } from '@/lib/domain/sessions/session';
import { cookieName } from '@/lib/doors/auth/cookies';
import { checkSessions } from '@/lib/doors/sockets/connection-checks';
import { prisma } from '@/lib/platform/db/prisma';
import { env } from '@/lib/platform/env/env';
import { currentIo, type Io } from '@/lib/platform/realtime/io';
import { insertGroup } from '@/tests/support/conversations';
import { createPerson, type Person } from '@/tests/support/people';
import { socketServer, tokenFor } from '@/tests/support/sockets';

const sockets = socketServer();

test('a token’s socket receives its identity as the very first event', async () => {
  const ada = await createPerson();
  await insertGroup([ada]);
  const { token, sessionId } = await tokenFor(ada);
  const client = await sockets.dial({ token }).connected();
  expect(client.log[0]).toEqual({
    event: 'connection.authenticated',
    payload: { userId: ada.id, sessionId, serverTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) },
  });
});

test.each([['websocket'], ['polling']])('the same over %s', async (transport) => {
  const client = await sockets.connect(await createPerson(), { transports: [transport] });
  expect(await client.ask('conversation.heads', {})).toEqual({ heads: [] });
});

test.each([
  ['nothing', undefined],
  ['an empty token', ''],
  ['a forged token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.AAAA'],
  ['a number', 7],
  ['an object', { $ne: null }],
  ['a long text', 'x'.repeat(100_000)],
])('a handshake with %s is refused', async (_name, token) => {
  const error = await sockets.dial({ token }).refused();
  expect(error.data).toEqual({ code: 'UNAUTHENTICATED', message: expect.any(String) });
});

test('a token of a revoked session is refused', async () => {
  const { token, sessionId } = await tokenFor(await createPerson());
  await endSession(sessionId);
  expect((await sockets.dial({ token }).refused()).data?.code).toBe('UNAUTHENTICATED');
});

test('an expired token is refused as expired', async () => {
  const ada = await createPerson();
  const error = await sockets.dial({ token: await tokenOfSeconds(ada, -10) }).refused();
  expect(error.data?.code).toBe('TOKEN_EXPIRED');
});

test("the session cookie is accepted from one's own pages only", async () => {
  const cookie = await cookieFor(await createPerson());
  await sockets.dial({ cookie }).connected();
  await sockets.dial({ cookie, origin: sockets.url }).connected();
});

test('a foreign page is refused with any credentials', async () => {
  const ada = await createPerson();
  for (const transport of ['websocket', 'polling']) {
    const handshake = { origin: 'https://evil.example', transports: [transport] };
    const brought = [{ cookie: await cookieFor(ada) }, { token: (await tokenFor(ada)).token }];
    for (const credentials of brought)
      expect((await sockets.dial({ ...handshake, ...credentials }).refused()).data?.code).toBe('FORBIDDEN');
  }
});

test("an allowed page's token is accepted, its cookies are not", async () => {
  const ada = await createPerson();
  const origin = 'https://partner.example';
  env().ALLOWED_ORIGINS.push(origin);
  await sockets.dial({ origin, token: (await tokenFor(ada)).token }).connected();
  expect((await sockets.dial({ origin, cookie: await cookieFor(ada) }).refused()).data?.code).toBe('UNAUTHENTICATED');
});

test('an unknown namespace is refused, and the server keeps running', async () => {
  const client = sockets.dial({ token: (await tokenFor(await createPerson())).token });
  await client.connected();
  const admin = client.socket.io.socket('/admin');
  await new Promise((resolve) => admin.once('connect_error', resolve).connect());
  expect(await client.ask('conversation.heads', {})).toEqual({ heads: [] });
});

test('a connection that leaves the namespace and enters it again is authenticated again', async () => {
  const client = sockets.dial({ cookie: await cookieFor(await createPerson()) });
  await client.connected();
  // Like a raw client: the connection stays open after its handshake has been forgotten.
  const { engine } = client.socket.io;
  const held = (currentIo() as Io).of('/').sockets.get(client.socket.id ?? '');
  const left = new Promise((resolve) => held?.once('disconnect', resolve));
  engine.write('1');
  await left;
  engine.write('0');
  const packet = await new Promise<string>((resolve) => {
    engine.on('packet', ({ type, data }) => type === 'message' && String(data).startsWith('4') && resolve(String(data)));
  });
  expect(packet).toContain('UNAUTHENTICATED');
  await sockets.connect(await createPerson());
});

test('a bearer socket ends when its token expires', async () => {
  const client = await sockets.dial({ token: await tokenOfSeconds(await createPerson(), 4) }).connected();
  const closed = client.closed();
  expect(await client.hear('token.expired')).toEqual({ reason: 'expired' });
  expect(await closed).toBe('io server disconnect');
});

test('revoking a session closes its sockets, and no other', async () => {
  const ada = await createPerson();
  const { token, sessionId } = await tokenFor(ada);
  const phone = await sockets.dial({ token }).connected();
  const laptop = await sockets.connect(ada);
  const closed = phone.closed();
  await endSession(sessionId);
  expect(await phone.hear('token.expired')).toEqual({ reason: 'revoked' });
  await closed;
  expect(await laptop.ask('conversation.heads', {})).toEqual({ heads: [] });
});

test('a session that ended without an event to its sockets is found by the sweep', async () => {
  const ada = await createPerson();
  const { token, sessionId } = await tokenFor(ada);
  const phone = await sockets.dial({ token }).connected();
  const laptop = await sockets.connect(ada);
  await prisma().session.update({ where: { id: sessionId }, data: { revokedAt: new Date() } });
  const closed = phone.closed();
  await checkSessions(currentIo() as Io);
  expect(await phone.hear('token.expired')).toEqual({ reason: 'revoked' });
  await closed;
  expect(laptop.socket.connected).toBe(true);
});

test('the sweep keeps alive the session of a device that only listens', async () => {
  const { token, sessionId } = await tokenFor(await createPerson());
  await sockets.dial({ token }).connected();
  const soon = new Date(Date.now() + 60_000);
  await prisma().session.update({ where: { id: sessionId }, data: { lastSeenAt: new Date(0), expiresAt: soon } });
  await checkSessions(currentIo() as Io);
  const session = await prisma().session.findUniqueOrThrow({ where: { id: sessionId } });
  expect(session.expiresAt.getTime()).toBeGreaterThan(soon.getTime());
});

test('the handshake’s headers are not kept', async () => {
  const client = await sockets.dial({ cookie: await cookieFor(await createPerson()) }).connected();
  const socket = (currentIo() as Io).of('/').sockets.get(client.socket.id ?? '');
  expect(socket?.handshake).toMatchObject({ headers: {}, auth: {} });
  expect(socket?.conn.request).toBeNull();
});

async function tokenOfSeconds(person: Person, seconds: number): Promise<string> {
  const settings = env();
  const standard = settings.ACCESS_TOKEN_SECONDS;
  settings.ACCESS_TOKEN_SECONDS = seconds;
  const { token } = await tokenFor(person);
  settings.ACCESS_TOKEN_SECONDS = standard;
  return token;
}

async function cookieFor(person: Person): Promise<string> {
  const { id: sessionId } = await openSession(person.id, { device: randomUUID(), address: '127.0.0.1' });
  const value = await encode({ token: { sub: person.id, sessionId }, secret: authSecret() });
  return `${cookieName('session-token')}=${value}`;
}
