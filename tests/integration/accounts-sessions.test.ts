import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { POST as tokenRoute } from '@/app/api/auth/token/route';
import { GET as meRoute } from '@/app/api/me/route';
import { DELETE as sessionRoute } from '@/app/api/me/sessions/[id]/route';
import { GET as sessionsRoute } from '@/app/api/me/sessions/route';
import { hashPassword } from '@/lib/domain/accounts/password';
import { sessionRoom } from '@/lib/domain/rooms';
import { endSession } from '@/lib/domain/sessions/session';
import { findSessionFor } from '@/lib/doors/auth/person';
import { prisma } from '@/lib/platform/db/prisma';
import { captureEvents } from '@/tests/support/events';
import { cast } from '@/tests/support/people';
import { ask } from '@/tests/support/requests';
import { tokenFor } from '@/tests/support/sockets';

const revoke = (token: string, id: string) => ask(sessionRoute, { method: 'DELETE', token, params: { id } });
const notFound = { status: 404, body: { error: { code: 'NOT_FOUND' } } };
const { ada, mallory } = await cast('ada', 'mallory');

describe("one's devices", () => {
  it('are listed with their kind, and the current one is marked', async () => {
    const passwordHash = await hashPassword('correct horse');
    await prisma().user.update({ where: { id: ada.id }, data: { passwordHash } });
    const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' };
    const body = { email: ada.email, password: 'correct horse' };
    const { token } = (await ask(tokenRoute, { body, headers, address: '203.0.113.9' })).body;
    const phone = await tokenFor(ada);
    const { sessions } = (await ask(sessionsRoute, { token })).body;
    expect(sessions).toHaveLength(2);
    expect(sessions.find((session: { current: boolean }) => session.current)).toEqual({
      id: expect.any(String),
      device: 'Firefox on Linux',
      address: '203.0.113.9',
      createdAt: expect.stringMatching(/Z$/),
      lastSeenAt: expect.stringMatching(/Z$/),
      current: true,
    });
    expect(sessions.find((session: { id: string }) => session.id === phone.sessionId)).toMatchObject({ current: false });
  });

  it('of another person are neither listed nor signed out', async () => {
    const mine = await tokenFor(ada);
    const hers = await tokenFor(mallory);
    const { sessions } = (await ask(sessionsRoute, { token: hers.token })).body;
    expect(sessions.map((session: { id: string }) => session.id)).toEqual([hers.sessionId]);
    expect(await revoke(hers.token, mine.sessionId)).toMatchObject(notFound);
    expect((await ask(meRoute, { token: mine.token })).status).toBe(200);
  });

  it.each([[randomUUID()], ['me'], ["'; DROP TABLE"]])('that do not exist are NOT_FOUND: %s', async (id) => {
    expect(await revoke((await tokenFor(ada)).token, id)).toMatchObject(notFound);
  });
});

describe('signing a device out', () => {
  it('answers 204, and 204 again; the device is signed out at once, and its sockets get the event and close', async () => {
    const here = await tokenFor(ada);
    const phone = await tokenFor(ada);
    expect((await ask(meRoute, { token: phone.token })).status).toBe(200);
    const heard = captureEvents();
    expect((await revoke(here.token, phone.sessionId)).status).toBe(204);
    expect(heard.named('token.expired')).toMatchObject([
      { rooms: [sessionRoom(phone.sessionId)], payload: { reason: 'revoked' } },
    ]);
    expect(heard.moves).toMatchObject([{ sockets: [sessionRoom(phone.sessionId)], action: 'disconnect' }]);
    expect(await ask(meRoute, { token: phone.token })).toMatchObject({
      status: 401,
      body: { error: { code: 'UNAUTHENTICATED' } },
    });
    expect((await revoke(here.token, phone.sessionId.toUpperCase())).status).toBe(204);
    expect((await ask(meRoute, { token: here.token })).status).toBe(200);
  });

  it('also applies to a request in progress', async () => {
    const phone = await tokenFor(ada);
    const asking = Array.from({ length: 5 }, () => findSessionFor({ token: phone.token }));
    await Promise.all([...asking, endSession(phone.sessionId)]);
    expect(await findSessionFor({ token: phone.token })).toBeNull();
  });
});

describe('a session', () => {
  it('that has expired authenticates nobody, and is not listed', async () => {
    const old = await tokenFor(ada);
    await prisma().session.update({ where: { id: old.sessionId }, data: { expiresAt: new Date(Date.now() - 1) } });
    expect(await findSessionFor({ token: old.token })).toBeNull();
    const { sessions } = (await ask(sessionsRoute, { token: (await tokenFor(ada)).token })).body;
    expect(sessions.map((session: { id: string }) => session.id)).not.toContain(old.sessionId);
  });

  it('in use updates its last-seen time at most once a minute, and then lasts 30 days from there', async () => {
    const used = await tokenFor(ada);
    const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000);
    await prisma().session.update({ where: { id: used.sessionId }, data: { lastSeenAt: ago(61), expiresAt: ago(-3_600) } });
    const rowOf = (id: string) => prisma().session.findUniqueOrThrow({ where: { id } });
    const recent = await tokenFor(ada);
    await prisma().session.update({ where: { id: recent.sessionId }, data: { lastSeenAt: ago(30) } });
    await findSessionFor({ token: recent.token });
    await findSessionFor({ token: used.token });
    await expect.poll(async () => (await rowOf(used.sessionId)).lastSeenAt.getTime()).toBeGreaterThan(ago(5).getTime());
    expect((await rowOf(used.sessionId)).expiresAt.getTime()).toBeGreaterThan(ago(-29 * 24 * 3_600).getTime());
    expect((await rowOf(recent.sessionId)).lastSeenAt.getTime()).toBeLessThan(ago(25).getTime());
  });
});
