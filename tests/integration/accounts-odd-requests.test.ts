import { describe, expect, it, onTestFinished } from 'vitest';
import { hashPassword } from '@/lib/domain/accounts/password';
import { cookieName } from '@/lib/doors/auth/cookies';
import { prisma } from '@/lib/platform/db/prisma';
import { env } from '@/lib/platform/env/env';
import { Browser } from '@/tests/support/browser';
import { createPerson } from '@/tests/support/people';

process.env.AUTH_SECRET ??= 'a secret of 32 characters or more, for tests alone';

const password = 'correct horse';
const ada = await createPerson({ passwordHash: await hashPassword(password) });
const home = 'http://localhost:3000';

const elsewhere = [
  'https://evil.example/',
  `${home}.evil.example`,
  `${home}@evil.example/`,
  'http://me:you@localhost:3000/',
  '//evil.example',
  '/\\evil.example',
  'javascript:alert(1)',
  'https://localhost:3000/',
  'http://[',
  'http://localhost:99999/',
  '\u0000',
  'x'.repeat(20_000),
];

const json = { 'content-type': 'application/json', origin: home };

describe('unusual requests to the sign-in endpoints', () => {
  it('get NOT_FOUND where no endpoint is, never an internal error', async () => {
    const browser = new Browser();
    const missing = [
      ...['callback/credentials', 'callback', 'callback/nobody', 'signin/nobody', 'signin/credentials/more', 'error/x'],
      ...['verify-request', '_log', 'constructor', '__proto__', 'signin/__proto__', 'csrf/x', 'session/credentials'],
    ];
    for (const path of missing) {
      const answer = await browser.get(path);
      expect([path, answer.status, await answer.json()]).toEqual([
        path,
        404,
        { error: expect.objectContaining({ code: 'NOT_FOUND' }) },
      ]);
    }
    for (const [method, path] of [
      ['POST', 'csrf'],
      ['POST', 'error'],
      ['POST', '_log'],
      ['PUT', 'signin'],
      ['DELETE', 'session'],
    ] as const)
      expect((await browser.send(path, { method, headers: { origin: home } })).status, `${method} ${path}`).toBe(404);
    expect((await browser.send('csrf', { method: 'HEAD' })).status).toBe(200);
  });

  it.each(elsewhere)('are never redirected to another site: %s', async (callbackUrl) => {
    const signedIn = await new Browser().post('callback/credentials', { email: ada.email, password, callbackUrl });
    expect([signedIn.status, await signedIn.json()]).toEqual([200, { url: home }]);
    const asked = await new Browser().get(`signin?callbackUrl=${encodeURIComponent(callbackUrl)}`);
    expect(asked.status).toBe(302);
    expect(asked.headers.get('location')).toBe(`/sign-in?callbackUrl=${encodeURIComponent(home)}`);
    const remembering = new Browser();
    remembering.cookies.set(cookieName('callback-url'), encodeURIComponent(callbackUrl));
    const remembered = await remembering.get('signin');
    expect(remembered.headers.get('location')).toBe(`/sign-in?callbackUrl=${encodeURIComponent(home)}`);
  });

  it('are redirected to our own path when they ask for it', async () => {
    const signedIn = await new Browser().post('callback/credentials', { email: ada.email, password, callbackUrl: '/c/./1' });
    expect(await signedIn.json()).toEqual({ url: `${home}/c/1` });
  });

  it.each(['\r\nSet-Cookie: parley-3000.session-token=x', 'ü', '\u{1f600}', 'x'.repeat(10_000), '<script>'])(
    'inject no header: error=%s',
    async (error) => {
      for (const path of ['error', 'signin']) {
        const answer = await new Browser().get(`${path}?error=${encodeURIComponent(error)}`);
        expect(answer.status).toBe(302);
        expect(answer.headers.get('location')).toMatch(/^\/sign-in\?/);
        expect(answer.headers.getSetCookie().join()).not.toContain('session-token');
      }
    },
  );

  it('with invalid bodies and cookies are refused, and sign nobody in', async () => {
    const before = await prisma().session.count();
    const bodies = ['', '{', '[]', 'null', '5', '{"callbackUrl":{}}', '{"email":[],"password":{},"csrfToken":1,"json":true}'];
    const strange = ['{"__proto__":{"json":"true"},"constructor":{"prototype":1}}', '['.repeat(100_000), '%', '%%%=%ff&&&='];
    const types = [
      'application/json',
      'text/plain',
      'multipart/form-data; boundary=x',
      'application/x-www-form-urlencoded',
      'x',
    ];
    for (const path of ['callback/credentials', 'signin', 'signin/credentials', 'signout', 'session'])
      for (const body of [...bodies, ...strange])
        for (const type of types) {
          const answer = await new Browser().send(path, {
            method: 'POST',
            body,
            headers: { origin: home, 'content-type': type },
          });
          expect(answer.status, `${path} ${type} ${body.slice(0, 60)}`).toBeLessThan(500);
        }
    expect(await prisma().session.count()).toBe(before);
    expect(({} as Record<string, unknown>).json).toBeUndefined();
  });

  it.each(['session-token', 'callback-url', 'csrf-token', 'pkce', 'state', 'nonce', 'refresh-token'] as const)(
    'with a broken %s cookie authenticate nobody',
    async (use) => {
      for (const value of [
        '',
        '%',
        '|',
        '||||',
        'a|b',
        '.',
        '__proto__',
        'x'.repeat(8_000),
        '%00',
        '%E0%A4%A',
        '""',
        '{"a":1}',
      ])
        for (const name of [cookieName(use), `${cookieName(use)}.0`, `${cookieName(use)}.x`, '__proto__']) {
          const cookie = `${name}=${value}; ${cookieName(use)}.1=y`;
          for (const path of ['session', 'signin', 'csrf', 'providers', 'signout', 'error'])
            expect((await new Browser().send(path, { method: 'GET', headers: { cookie } })).status, cookie).toBeLessThan(500);
          const posted = await new Browser().send('callback/credentials', {
            method: 'POST',
            body: '{}',
            headers: { ...json, cookie },
          });
          expect(posted.status).toBeLessThan(500);
        }
    },
  );

  it('that return from a provider without a sign-in are refused with a message', async () => {
    Object.assign(env(), { GITHUB_ID: 'id', GITHUB_SECRET: 'secret' });
    onTestFinished(() => void Object.assign(env(), { GITHUB_ID: '', GITHUB_SECRET: '' }));
    const strange = ['', '?code=x', '?state=x&code=y', '?error=access_denied', '?error=%0d%0aX:y', '?code[]=1&state=%00'];
    for (const query of strange) {
      const answer = await new Browser().get(`callback/github${query}`);
      expect([query, answer.status]).toEqual([query, 302]);
      expect(answer.headers.get('location')).toMatch(/^(http:\/\/localhost:3000\/api\/auth\/|\/sign-in\?)/);
    }
    expect((await new Browser().send('callback/github', { method: 'POST', headers: json, body: '{}' })).status).toBe(404);
  });
});
