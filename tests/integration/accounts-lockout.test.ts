import { beforeEach, describe, expect, it } from 'vitest';
import { POST as tokenRoute } from '@/app/api/auth/token/route';
import { hashPassword } from '@/lib/domain/accounts/password';
import { cookieName } from '@/lib/doors/auth/cookies';
import { env } from '@/lib/platform/env/env';
import { Browser } from '@/tests/support/browser';
import { createPerson } from '@/tests/support/people';
import { type Ask, ask, cookiesFrom } from '@/tests/support/requests';

process.env.AUTH_SECRET ??= 'a secret of 32 characters or more, for tests alone';

const password = 'correct horse';
const passwordHash = await hashPassword(password);
const person = () => createPerson({ passwordHash });

const attacker = '198.51.100.66';
const signIn = (email: string, more: Ask = {}) => ask(tokenRoute, { body: { email, password }, ...more });
const guess = (email: string, more: Ask = {}) => ask(tokenRoute, { body: { email, password: 'x' }, ...more });
const tooMany = { status: 429, body: { error: { code: 'RATE_LIMIT_EXCEEDED', window: 300 } } };

async function guessOften(email: string, times: number, more: Ask = {}): Promise<number[]> {
  const statuses: number[] = [];
  for (let turn = 0; turn < times; turn += 1) statuses.push((await guess(email, more)).status);
  return statuses;
}

beforeEach(() => {
  Object.assign(env(), { RATE_LIMIT_SIGNIN: undefined });
});

describe('guessing an account’s password', () => {
  it('is refused after ten failures from one address, whether the account exists or not; then the right one is refused too', async () => {
    const ada = await person();
    for (const email of [ada.email, 'no.such@example.org']) {
      expect(await guessOften(email, 10, { address: attacker })).toEqual(Array(10).fill(401));
      expect(await signIn(email, { address: attacker })).toMatchObject(tooMany);
    }
  });

  it('does not lock out the owner at another address', async () => {
    const ada = await person();
    expect((await guessOften(ada.email, 15, { address: attacker })).slice(10)).toEqual(Array(5).fill(429));
    expect((await signIn(ada.email, { address: '203.0.113.1' })).status).toBe(200);
  });

  it('from many addresses is limited too, and locks out no device that was signed in before', async () => {
    Object.assign(env(), { RATE_LIMIT_SIGNIN: { count: 2, seconds: 300 } });
    const ada = await person();
    const cookie = cookiesFrom(await signIn(ada.email, { address: '203.0.113.1' }));
    for (let turn = 0; turn < 20; turn += 1)
      expect((await guess(ada.email, { address: `198.51.100.${turn}` })).status).toBe(401);
    expect(await signIn(ada.email, { address: '198.51.100.99' })).toMatchObject(tooMany);
    expect((await signIn(ada.email, { address: '203.0.113.1', cookie })).status).toBe(200);
    // Also from the attacker's own address: in a café people share one.
    expect((await signIn(ada.email, { address: '198.51.100.1', cookie })).status).toBe(200);
  });

  it('locks out no known device in the browser either, after it signed out', async () => {
    const ada = await person();
    const browser = new Browser();
    await browser.signIn(ada.email, password);
    await browser.post('signout', {});
    expect(browser.cookies.has(cookieName('session-token'))).toBe(false);
    expect(await guessOften(ada.email, 10, { address: '127.0.0.1' })).toEqual(Array(10).fill(401));
    const { url } = (await (await new Browser().signIn(ada.email, password)).json()) as { url: string };
    expect(url).toContain('RATE_LIMIT_EXCEEDED');
    expect((await browser.signIn(ada.email, password)).status).toBe(200);
    expect(browser.cookies.has(cookieName('session-token'))).toBe(true);
  });
});

describe('the cookie of a known device', () => {
  it('signs nobody in, and is worth ten guesses', async () => {
    const ada = await person();
    const cookie = cookiesFrom(await signIn(ada.email));
    expect(await guessOften(ada.email, 11, { cookie })).toEqual([...Array(10).fill(401), 429]);
    expect(await signIn(ada.email, { cookie })).toMatchObject(tooMany);
    // Using up that limit does not lock out devices without the cookie.
    expect((await signIn(ada.email)).status).toBe(200);
  });

  it('is hidden from scripts and other sites, and stays the same', async () => {
    const ada = await person();
    const told = await signIn(ada.email);
    const set = told.headers.getSetCookie().find((one) => one.startsWith('parley-3000.known-device='));
    expect(set).toMatch(/; Path=\/api\/auth; Max-Age=31536000; HttpOnly; SameSite=Lax$/);
    expect(cookiesFrom(await signIn(ada.email, { cookie: cookiesFrom(told) }))).toBe(cookiesFrom(told));
  });

  it('counts for nothing when it is another account’s, or forged', async () => {
    const [ada, mallory] = [await person(), await person()];
    const own = cookiesFrom(await signIn(mallory.email, { address: attacker }));
    const [name = '', value = ''] = own.split('=');
    const [device] = value.split('.');
    expect(await guessOften(ada.email, 10, { address: attacker })).toEqual(Array(10).fill(401));
    const made = [
      '',
      '.',
      `${device}`,
      `${device}.`,
      `${device}.x`,
      `x.${value.split('.')[1]}`,
      `${value}.x`,
      'x'.repeat(4_000),
    ];
    for (const one of [value, ...made])
      expect(await signIn(ada.email, { address: attacker, cookie: `${name}=${one}` })).toMatchObject(tooMany);
  });
});
