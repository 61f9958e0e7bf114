import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findSessionFor } from '@/lib/doors/auth/person';
import { prisma } from '@/lib/platform/db/prisma';
import { env } from '@/lib/platform/env/env';
import { Browser } from '@/tests/support/browser';
import { createPerson } from '@/tests/support/people';
import { type Claims, Provider } from '@/tests/support/provider';

process.env.AUTH_SECRET ??= 'a secret of 32 characters or more, for tests alone';

/** A compromised or broken provider, or a misled browser, lets nobody in and breaks nothing. */

const provider = new Provider();
const stranger = await generateKeyPair('RS256');

beforeAll(() => provider.start());
afterAll(() => provider.stop());
beforeEach(async () => {
  Object.assign(env(), { OIDC_ISSUER: provider.issuer, OIDC_ID: 'parley', OIDC_SECRET: 'secret', OIDC_NAME: 'Work' });
  provider.misbehaves = null;
  await prisma().user.deleteMany();
});

const grace = (more: Partial<Claims> = {}): Claims => ({
  sub: randomUUID(),
  name: 'Grace Hopper',
  email: 'grace@example.org',
  email_verified: true,
  ...more,
});

async function begin(browser: Browser): Promise<string> {
  const { url } = (await (await browser.post('signin/oidc', {})).json()) as { url: string };
  return provider.consent(url);
}

async function end(browser: Browser, query: string): Promise<{ status: number; location: string }> {
  const answer = await browser.send(`callback/oidc?${query}`, { method: 'GET' });
  return { status: answer.status, location: answer.headers.get('location') ?? '' };
}

/** Expects a redirect to the sign-in page, directly or through next-auth's own page. */
const refusal = /^(http:\/\/localhost:3000)?\/(sign-in|api\/auth\/error)\?error=[A-Za-z]+$/;

const isIn = async (browser: Browser) => (await findSessionFor({ cookieHeader: browser.cookieHeader })) !== null;

async function expectRefused(browser: Browser, query: string): Promise<void> {
  const { status, location } = await end(browser, query);
  expect(status).toBe(302);
  expect(location).toMatch(refusal);
  expect(await isIn(browser)).toBe(false);
  expect(await prisma().user.count()).toBe(0);
}

const unsigned = async (claims: Record<string, unknown>) => new UnsecuredJWT(claims).encode();
const signedBy = (key: Parameters<SignJWT['sign']>[0], alg: string) => (claims: Record<string, unknown>) =>
  new SignJWT(claims).setProtectedHeader({ alg, kid: '1' }).sign(key);

const tokens: Record<string, (claims: Record<string, unknown>) => Promise<string>> = {
  'without a signature': unsigned,
  'signed by somebody else': signedBy(stranger.privateKey, 'RS256'),
  'signed with the client’s secret instead of a key': signedBy(new TextEncoder().encode('secret'), 'HS256'),
  'signed with the public key as a secret': async (claims) =>
    signedBy(new TextEncoder().encode(JSON.stringify(await exportJWK(stranger.publicKey))), 'HS256')(claims),
  'that is none': async () => 'a.b.c',
  'that is empty': async () => '',
};

describe('a provider that misbehaves', () => {
  it.each(Object.entries(tokens))('signs nobody in by an identity token %s', async (_name, idToken) => {
    provider.claims = grace();
    provider.misbehaves = { kind: 'signs', idToken };
    const browser = new Browser();
    await expectRefused(browser, await begin(browser));
  });

  it.each([
    ['an error', 500, 'down for maintenance'],
    ['a redirect', 302, ''],
    ['nothing', 200, ''],
    ['JSON of another shape', 200, '[]'],
    ['a number', 200, '7'],
    ['no token', 200, '{"token_type":"Bearer"}'],
  ])('signs nobody in by answering with %s', async (_name, status, body) => {
    provider.claims = grace();
    provider.misbehaves = { kind: 'answers', status, body };
    const browser = new Browser();
    await expectRefused(browser, await begin(browser));
  });

  it('is abandoned when it never answers', async () => {
    provider.claims = grace();
    provider.misbehaves = { kind: 'silent' };
    const browser = new Browser();
    await expectRefused(browser, await begin(browser));
  });

  it.each<[string, Partial<Claims>]>([
    ['no e-mail address', { email: undefined }],
    ['an address that is none', { email: 'grace' }],
    ['an address with a null byte', { email: 'grace\u0000@example.org' }],
    ['one that is not verified', { email_verified: false }],
    ['one that says nothing of it', { email_verified: undefined }],
  ])('signs nobody in with %s', async (_name, claims) => {
    provider.claims = grace(claims);
    const browser = new Browser();
    await expectRefused(browser, await begin(browser));
  });

  it.each<[string, Partial<Claims>]>([
    ['an endless name', { name: 'x'.repeat(100_000) }],
    ['a name of several lines', { name: 'Grace\nHopper\u0007' }],
    ['a name with a null byte', { name: 'Grace\u0000' }],
    ['a name that turns the line around', { name: '\u202eecarG' }],
    ['an endless identity', { sub: 'x'.repeat(10_000) }],
    ['an identity with a null byte', { sub: 'grace\u0000' }],
    ['a name that is none', { name: { toString: 'x' } as never }],
  ])('breaks nothing by sending %s', async (_name, claims) => {
    provider.claims = grace(claims);
    const browser = new Browser();
    const { status, location } = await end(browser, await begin(browser));
    expect(status).toBe(302);
    if (location !== 'http://localhost:3000') expect(location).toMatch(refusal);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be in it
    expect((await prisma().user.findFirst())?.name ?? 'x').toMatch(/^[^\u0000-\u001f\u202a-\u202e]{1,80}$/);
  });
});

describe('a manipulated browser', () => {
  it('is not signed in by another browser’s answer', async () => {
    provider.claims = grace();
    const attacker = new Browser();
    const query = await begin(attacker);
    const victim = new Browser();
    await begin(victim);
    await expectRefused(victim, query);
  });

  it('is not signed in twice by one answer', async () => {
    provider.claims = grace();
    const browser = new Browser();
    const query = await begin(browser);
    await end(browser, query);
    expect(await isIn(browser)).toBe(true);
    const again = new Browser();
    const { location } = await end(again, query);
    expect(location).toMatch(refusal);
    expect(await isIn(again)).toBe(false);
  });

  it.each([
    ['nothing', ''],
    ['an error with markup', 'error=<script>alert(1)</script>&error_description=x'],
    ['parts twice', 'code=a&code=b&state=a&state=b'],
    ['an issuer of its own', 'code=a&state=b&iss=http://evil.example'],
    ['an endless state', `code=a&state=${'x'.repeat(8_000)}`],
  ])('with %s is redirected to the sign-in page', async (_name, query) => {
    const browser = new Browser();
    await begin(browser);
    const { status, location } = await end(browser, query);
    expect(status).toBe(302);
    expect(location).toMatch(refusal);
  });

  it.each([
    'https://evil.example',
    '//evil.example',
    'http://localhost:3000.evil.example',
    'http://localhost:3000@evil.example',
    'javascript:alert(1)',
  ])('is not redirected to %s', async (callbackUrl) => {
    await createPerson();
    provider.claims = grace();
    const browser = new Browser();
    const answer = await browser.post('signin/oidc', { callbackUrl });
    const { url = '' } = (await answer.json()) as { url?: string };
    if (!url.startsWith(provider.issuer)) return expect(url).toMatch(/^http:\/\/localhost:3000(\/|$)/);
    const { location } = await end(browser, provider.consent(url));
    expect(new URL(location, 'http://localhost:3000').origin).toBe('http://localhost:3000');
  });
});
