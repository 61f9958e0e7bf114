import { beforeEach, describe, expect, it } from 'vitest';
import { PATCH as changeMe, GET as meRoute } from '@/app/api/me/route';
import { hashPassword } from '@/lib/domain/accounts/password';
import { endSession } from '@/lib/domain/sessions/session';
import { cookieName } from '@/lib/doors/auth/cookies';
import { findSessionFor } from '@/lib/doors/auth/person';
import { prisma } from '@/lib/platform/db/prisma';
import { env } from '@/lib/platform/env/env';
import { Browser } from '@/tests/support/browser';
import { createPerson } from '@/tests/support/people';
import { ask } from '@/tests/support/requests';

process.env.AUTH_SECRET ??= 'a secret of 32 characters or more, for tests alone';

const password = 'correct horse';
const passwordHash = await hashPassword(password);
const person = () => createPerson({ passwordHash });

async function signedIn(browser = new Browser()) {
  const ada = await person();
  await browser.signIn(ada.email, password);
  return { ada, browser };
}

beforeEach(() => {
  Object.assign(env(), { PUBLIC_URL: '', ALLOWED_ORIGINS: [], RATE_LIMIT_SIGNIN: undefined });
});

describe('signing in on the page', () => {
  it('gives the browser a session cookie that REST accepts, and stores a Session row', async () => {
    const { ada, browser } = await signedIn();
    expect((await ask(meRoute, { cookie: browser.cookieHeader })).body.user.id).toBe(ada.id);
    expect(await prisma().session.count({ where: { userId: ada.id, revokedAt: null } })).toBe(1);
    expect(await findSessionFor({ cookieHeader: browser.cookieHeader })).toMatchObject({ kind: 'cookie', expiresAt: null });
  });

  it('sets it httpOnly and SameSite=Lax, under a name with the port', async () => {
    const ada = await person();
    const response = await new Browser().signIn(ada.email, password);
    const cookie = response.headers.getSetCookie().find((one) => one.startsWith('parley-3000.session-token='));
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(cookie).not.toMatch(/Secure/);
  });

  it('sets it Secure behind https, and still finds it', async () => {
    env().PUBLIC_URL = 'https://chat.example.org';
    const { ada, browser } = await signedIn(new Browser('https://chat.example.org'));
    expect(browser.cookies.has('__Secure-parley.session-token')).toBe(true);
    expect(await findSessionFor({ cookieHeader: browser.cookieHeader })).toMatchObject({ userId: ada.id });
  });

  it('reveals nothing about accounts when it fails, and starts no session', async () => {
    const ada = await person();
    const browser = new Browser();
    const wrong = await browser.signIn(ada.email, 'wrong horse');
    const nobody = await browser.signIn('nobody@example.org', password);
    expect(wrong.status).toBe(401);
    expect(nobody.status).toBe(401);
    expect(await nobody.text()).toBe(await wrong.text());
    expect(browser.cookies.has(cookieName('session-token'))).toBe(false);
  });

  it('reports that it was tried too often', async () => {
    Object.assign(env(), { RATE_LIMIT_SIGNIN: { count: 1, seconds: 300 } });
    const ada = await person();
    await new Browser().signIn(ada.email, 'wrong horse');
    const { url } = (await (await new Browser().signIn(ada.email, password)).json()) as { url: string };
    expect(new URL(url).searchParams.get('error')).toMatch(/^RATE_LIMIT_EXCEEDED:(299|300)$/);
  });

  it('is refused from a page of another site, even with the right CSRF token', async () => {
    const ada = await person();
    const response = await new Browser().post('callback/credentials', { email: ada.email, password }, 'https://evil.example');
    expect(response.status).toBe(403);
    expect(await prisma().session.count({ where: { userId: ada.id } })).toBe(0);
  });

  it('is refused without a CSRF token', async () => {
    const ada = await person();
    const browser = new Browser();
    await browser.send('callback/credentials', {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: browser.origin },
      body: JSON.stringify({ email: ada.email, password }),
    });
    expect(browser.cookies.has(cookieName('session-token'))).toBe(false);
  });

  it('ends the browser’s previous session', async () => {
    const { ada, browser } = await signedIn();
    const before = browser.cookieHeader;
    await browser.signIn(ada.email, password);
    expect(await findSessionFor({ cookieHeader: before })).toBeNull();
    expect(await findSessionFor({ cookieHeader: browser.cookieHeader })).toMatchObject({ userId: ada.id });
  });

  it('never redirects to another site', async () => {
    const ada = await person();
    const response = await new Browser().post('callback/credentials', {
      email: ada.email,
      password,
      callbackUrl: 'https://evil.example/',
    });
    expect(((await response.json()) as { url: string }).url).toBe('http://localhost:3000');
  });
});

describe('signing out on the page', () => {
  it('removes the cookie and revokes the session: a copy of the cookie is worthless', async () => {
    const { browser } = await signedIn();
    const copy = browser.cookieHeader;
    expect((await browser.post('signout', {})).status).toBe(200);
    expect(browser.cookies.has(cookieName('session-token'))).toBe(false);
    expect(await findSessionFor({ cookieHeader: copy })).toBeNull();
  });
});

describe('the session cookie', () => {
  it('is removed at the next request after its session is revoked', async () => {
    const { ada, browser } = await signedIn();
    expect(await (await browser.get('session')).json()).toMatchObject({ user: { id: ada.id } });
    const [session] = await prisma().session.findMany({ where: { userId: ada.id } });
    await endSession(session!.id);
    expect(await (await browser.get('session')).json()).toEqual({});
    expect(browser.cookies.has(cookieName('session-token'))).toBe(false);
  });

  it.each([['garbage'], [''], ['eyJhbGciOiJkaXIifQ..x.y.z']])('authenticates nobody when forged: %j', async (value) => {
    const cookie = `${cookieName('session-token')}=${value}`;
    expect(await ask(meRoute, { cookie })).toMatchObject({ status: 401, body: { error: { code: 'UNAUTHENTICATED' } } });
  });

  it('permits no change from a page of another site', async () => {
    const { browser } = await signedIn();
    const change = (origin: string) =>
      ask(changeMe, { method: 'PATCH', cookie: browser.cookieHeader, body: { name: 'Changed' }, origin });
    expect(await change('https://evil.example')).toMatchObject({ status: 403, body: { error: { code: 'FORBIDDEN' } } });
    expect(await change('null')).toMatchObject({ status: 403 });
    expect((await change('http://localhost:3000')).status).toBe(200);
  });

  it('is not accepted from an allowed origin, whose bearer token is', async () => {
    env().ALLOWED_ORIGINS = ['https://widget.example'];
    const { browser } = await signedIn();
    const told = await ask(meRoute, { cookie: browser.cookieHeader, origin: 'https://widget.example' });
    expect(told.status).toBe(401);
    expect(told.headers.get('access-control-allow-origin')).toBe('https://widget.example');
    expect(told.headers.get('vary')).toContain('Origin');
  });
});

describe("next-auth's other endpoints", () => {
  it.each([['_log'], ['nothing'], ['constructor']])('are closed: %s', async (path) => {
    const response = await new Browser().send(path, { method: 'POST', body: '{}' });
    expect(response.status).toBe(404);
  });

  it('refuse a body of 10 MB and broken JSON', async () => {
    const post = (body: string) =>
      new Browser().send('signout', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect((await post('x'.repeat(10_000_000))).status).toBe(413);
    expect((await post('{')).status).toBe(400);
  });
});
