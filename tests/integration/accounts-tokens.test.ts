import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { POST as refreshRoute } from '@/app/api/auth/token/refresh/route';
import { POST as revokeRoute } from '@/app/api/auth/token/revoke/route';
import { POST as tokenRoute } from '@/app/api/auth/token/route';
import { GET as meRoute } from '@/app/api/me/route';
import { hashPassword } from '@/lib/domain/accounts/password';
import { readRefreshToken, refreshTokenOf } from '@/lib/domain/accounts/refresh-token';
import { prisma } from '@/lib/platform/db/prisma';
import { env } from '@/lib/platform/env/env';
import { createPerson } from '@/tests/support/people';
import { type Ask, ask, cookiesFrom } from '@/tests/support/requests';

process.env.AUTH_SECRET ??= 'a secret of 32 characters or more, for tests alone';

const password = 'correct horse';
const passwordHash = await hashPassword(password);
const home = 'http://localhost:3000';
const unauthenticated = { status: 401, body: { error: { code: 'UNAUTHENTICATED' } } };

const person = () => createPerson({ passwordHash });
const signIn = (email: string, more: Ask = {}) => ask(tokenRoute, { body: { email, password }, ...more });
const refresh = (refreshToken: unknown, more: Ask = {}) => ask(refreshRoute, { body: { refreshToken }, ...more });
const me = (token: string) => ask(meRoute, { token });

beforeEach(() => {
  Object.assign(env(), { RATE_LIMIT_SIGNIN: undefined, ACCESS_TOKEN_SECONDS: 900 });
});

describe('signing in for tokens', () => {
  it('answers with an access token for 15 minutes, a refresh token and the user', async () => {
    const ada = await person();
    const { status, body } = await signIn(ada.email);
    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual(['expiresAt', 'refreshToken', 'token', 'user']);
    expect(body.user).toMatchObject({ id: ada.id, email: ada.email, role: 'member' });
    const seconds = (Date.parse(body.expiresAt) - Date.now()) / 1_000;
    expect(seconds).toBeGreaterThan(890);
    expect(seconds).toBeLessThanOrEqual(900);
    expect((await me(body.token)).body.user.id).toBe(ada.id);
  });

  it('gives a page its refresh token as an httpOnly cookie and not in the body', async () => {
    const ada = await person();
    const told = await signIn(ada.email, { origin: home });
    expect(told.body).not.toHaveProperty('refreshToken');
    const [cookie = ''] = told.headers.getSetCookie();
    expect(cookie).toMatch(/^parley-3000\.refresh-token=.+; Path=\/api\/auth\/token; Max-Age=2592000; HttpOnly; SameSite=Lax$/);
    const next = await ask(refreshRoute, { method: 'POST', cookie: cookiesFrom(told), origin: home });
    expect(next.status).toBe(200);
    expect(next.body).not.toHaveProperty('refreshToken');
    expect(next.headers.getSetCookie()).toHaveLength(1);
  });

  it('does not reveal whether the account exists: the message is the same', async () => {
    const ada = await person();
    const provider = await createPerson();
    const wrong = await ask(tokenRoute, { body: { email: ada.email, password: 'wrong horse' } });
    const nobody = await ask(tokenRoute, { body: { email: 'nobody@example.org', password } });
    const withoutPassword = await ask(tokenRoute, { body: { email: provider.email, password } });
    expect(wrong).toMatchObject(unauthenticated);
    expect(nobody.body).toEqual(wrong.body);
    expect(withoutPassword.body).toEqual(wrong.body);
  });

  it('does not reveal it by time either: an unknown account costs a hash too', async () => {
    const ada = await person();
    const timeOf = async (email: string) => {
      const begin = performance.now();
      await ask(tokenRoute, { body: { email, password: 'wrong horse' } });
      return performance.now() - begin;
    };
    const [known, unknown]: [number[], number[]] = [[], []];
    // The minimum of each, measured in turns, because other load on the machine only adds to it.
    const ratio = () => Math.min(...unknown) / Math.min(...known);
    const differs = () => ratio() < 0.5 || ratio() > 2;
    // On a busy machine, more turns until each was measured at a quiet moment.
    for (let turn = 0; turn < 9 || (turn < 60 && differs()); turn += 1) {
      known.push(await timeOf(ada.email));
      unknown.push(await timeOf('nobody.here@example.org'));
    }
    expect(ratio()).toBeGreaterThan(0.5);
    expect(ratio()).toBeLessThan(2);
  });

  it('counts only failures', async () => {
    const ada = await person();
    for (let turn = 0; turn < 15; turn += 1) expect((await signIn(ada.email)).status).toBe(200);
  });

  it('permits a hundred failures for each address', async () => {
    Object.assign(env(), { RATE_LIMIT_SIGNIN: { count: 4, seconds: 300 } });
    const address = '203.0.113.77';
    for (let turn = 0; turn < 4; turn += 1)
      await ask(tokenRoute, { body: { email: `guess${turn}@example.org`, password: 'x' }, address });
    expect((await ask(tokenRoute, { body: { email: 'other@example.org', password: 'x' }, address })).status).toBe(429);
    expect((await signIn((await person()).email, { address: '203.0.113.78' })).status).toBe(200);
  });

  it.each([
    ['nothing', {}],
    ['wrong types', { email: 1, password: {} }],
    ['a list', []],
    ['broken JSON', '{'],
  ])('refuses %s as VALIDATION_FAILED', async (_what, body) => {
    expect(await ask(tokenRoute, { body })).toMatchObject({ status: 400, body: { error: { code: 'VALIDATION_FAILED' } } });
  });

  it('treats a null byte as a wrong e-mail address, not as an internal error', async () => {
    expect(await signIn('a\u0000@example.org')).toMatchObject(unauthenticated);
  });

  it('is refused to a page of another site, which could sign a person in as somebody else', async () => {
    const ada = await person();
    expect(await signIn(ada.email, { origin: 'https://evil.example' })).toMatchObject({ status: 403 });
  });
});

describe('an access token', () => {
  it('is TOKEN_EXPIRED when expired; UNAUTHENTICATED when forged, of another algorithm or missing', async () => {
    env().ACCESS_TOKEN_SECONDS = 1;
    const { body } = await signIn((await person()).email);
    vi.useFakeTimers({ now: Date.now() + 2_000, toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    expect(await me(body.token)).toMatchObject({ status: 401, body: { error: { code: 'TOKEN_EXPIRED' } } });
    expect(await me(`${body.token}x`)).toMatchObject(unauthenticated);
    const [, claims] = body.token.split('.');
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${claims}.`;
    expect(await me(unsigned)).toMatchObject(unauthenticated);
    expect(await ask(meRoute)).toMatchObject(unauthenticated);
  });

  it('does not work as a refresh token, nor the other way round', async () => {
    const { body } = await signIn((await person()).email);
    expect(await me(body.refreshToken)).toMatchObject(unauthenticated);
    expect(await refresh('a.b.c')).toMatchObject(unauthenticated);
    expect(await refresh(body.token.slice(0, 200))).toMatchObject(unauthenticated);
  });
});

describe('a refresh token', () => {
  it('works once: each answer has the next one', async () => {
    const first = (await signIn((await person()).email)).body.refreshToken;
    const second = await refresh(first);
    expect(Object.keys(second.body).sort()).toEqual(['expiresAt', 'refreshToken', 'token']);
    expect(second.body.refreshToken).not.toBe(first);
    expect((await refresh(second.body.refreshToken)).status).toBe(200);
  });

  it('used by two tabs at once gives both the same next one', async () => {
    const first = (await signIn((await person()).email)).body.refreshToken;
    const all = await Promise.all(Array.from({ length: 8 }, () => refresh(first)));
    expect(all.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(new Set(all.map(({ body }) => body.refreshToken)).size).toBe(1);
    expect((await refresh(all[0]!.body.refreshToken)).status).toBe(200);
  });

  it('older than the previous one ends the session on every device when used', async () => {
    const first = await signIn((await person()).email);
    const second = (await refresh(first.body.refreshToken)).body;
    const third = (await refresh(second.refreshToken)).body;
    expect(await refresh(first.body.refreshToken)).toMatchObject(unauthenticated);
    expect(await refresh(third.refreshToken)).toMatchObject(unauthenticated);
    expect(await me(third.token)).toMatchObject(unauthenticated);
  });

  it('used a minute after its successor ends the session too', async () => {
    const first = (await signIn((await person()).email)).body.refreshToken;
    const second = (await refresh(first)).body.refreshToken;
    const id = readRefreshToken(first)!.sessionId;
    await prisma().session.update({ where: { id }, data: { refreshedAt: new Date(Date.now() - 61_000) } });
    expect(await refresh(first)).toMatchObject(unauthenticated);
    expect(await refresh(second)).toMatchObject(unauthenticated);
  });

  it('cannot be derived from a known one', async () => {
    const first = (await signIn((await person()).email)).body.refreshToken;
    const [id, , seal] = first.split('.');
    expect(await refresh(`${id}.1.${seal}`)).toMatchObject(unauthenticated);
    expect((await refresh(first)).status).toBe(200);
  });

  it('of an expired session is refused', async () => {
    const first = (await signIn((await person()).email)).body.refreshToken;
    const id = readRefreshToken(first)!.sessionId;
    await prisma().session.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1_000) } });
    expect(await refresh(first)).toMatchObject(unauthenticated);
  });

  it.each([[undefined], [''], [5], ['x'.repeat(300)], ['....'], [refreshLike()]])('cannot be %j', async (token) => {
    expect([400, 401]).toContain((await refresh(token)).status);
  });

  it('in the cookie is accepted only from our own pages', async () => {
    const told = await signIn((await person()).email, { origin: home });
    env().ALLOWED_ORIGINS = ['https://widget.example'];
    onTestFinished(() => void Object.assign(env(), { ALLOWED_ORIGINS: [] }));
    const cookie = cookiesFrom(told);
    const widget = await ask(refreshRoute, { method: 'POST', cookie, origin: 'https://widget.example' });
    expect(widget.status).toBe(401);
    expect(widget.headers.get('access-control-allow-origin')).toBe('https://widget.example');
    expect(widget.headers.has('access-control-allow-credentials')).toBe(false);
    expect((await ask(refreshRoute, { method: 'POST', cookie, origin: 'https://evil.example' })).status).toBe(403);
    expect((await ask(refreshRoute, { method: 'POST', cookie, origin: home })).status).toBe(200);
  });
});

describe('revoking', () => {
  it('ends the session at once, with its access token; a repeated call changes nothing', async () => {
    const { body } = await signIn((await person()).email);
    const revoke = () => ask(revokeRoute, { body: { refreshToken: body.refreshToken } });
    expect((await me(body.token)).status).toBe(200);
    expect((await revoke()).status).toBe(204);
    expect((await revoke()).status).toBe(204);
    expect(await me(body.token)).toMatchObject(unauthenticated);
    expect(await refresh(body.refreshToken)).toMatchObject(unauthenticated);
  });

  it('removes the cookie', async () => {
    const told = await signIn((await person()).email, { origin: home });
    const revoked = await ask(revokeRoute, { method: 'POST', cookie: cookiesFrom(told), origin: home });
    expect(revoked.status).toBe(204);
    expect(revoked.headers.getSetCookie()[0]).toContain('Max-Age=0');
  });

  it('with a forged token ends nothing', async () => {
    const { body } = await signIn((await person()).email);
    const id = readRefreshToken(body.refreshToken)!.sessionId;
    await ask(revokeRoute, { body: { refreshToken: `${id}.0.madeup` } });
    expect((await me(body.token)).status).toBe(200);
  });
});

/** Validly encrypted, but for no session. */
function refreshLike(): string {
  return refreshTokenOf('01900000-0000-7000-8000-000000000000', 0);
}
