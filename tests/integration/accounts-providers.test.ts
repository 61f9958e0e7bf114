import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hashPassword } from '@/lib/domain/accounts/password';
import { oauthProviders, providerButtons } from '@/lib/domain/accounts/providers';
import { findSessionFor } from '@/lib/doors/auth/person';
import { prisma } from '@/lib/platform/db/prisma';
import { env } from '@/lib/platform/env/env';
import { Browser } from '@/tests/support/browser';
import { createPerson } from '@/tests/support/people';
import { type Claims, Provider } from '@/tests/support/provider';

process.env.AUTH_SECRET ??= 'a secret of 32 characters or more, for tests alone';

const provider = new Provider();
const password = 'correct horse';
const passwordHash = await hashPassword(password);

beforeAll(() => provider.start());
afterAll(() => provider.stop());
beforeEach(async () => {
  Object.assign(env(), {
    OIDC_ISSUER: provider.issuer,
    OIDC_ID: 'parley',
    OIDC_SECRET: 'secret',
    OIDC_NAME: 'Work',
    OPEN_REGISTRATION: true,
  });
  await prisma().user.deleteMany();
});

const claims = (more: Partial<Claims> = {}): Claims => ({
  sub: randomUUID(),
  name: 'Grace Hopper',
  email: 'Grace@Example.org',
  email_verified: true,
  ...more,
});

/** Signs in: to the provider, through its page, and back. @returns where the browser ends up */
async function signIn(who: Claims, browser = new Browser()): Promise<string> {
  provider.claims = who;
  const { url } = (await (await browser.post('signin/oidc', {})).json()) as { url: string };
  const back = await browser.send(`callback/oidc?${provider.consent(url)}`, { method: 'GET' });
  return back.headers.get('location') ?? '';
}

const whoIs = async (browser: Browser) => (await findSessionFor({ cookieHeader: browser.cookieHeader }))?.userId;

describe('signing in through a provider', () => {
  it('registers a new person, the first one as the owner, and recognises them the next time', async () => {
    const grace = claims();
    const browser = new Browser();
    expect(await signIn(grace, browser)).toBe('http://localhost:3000');
    const user = await prisma().user.findFirstOrThrow();
    expect(user).toMatchObject({
      name: 'Grace Hopper',
      email: 'grace@example.org',
      role: 'OWNER',
      handle: 'grace.hopper',
      passwordHash: null,
    });
    expect(await whoIs(browser)).toBe(user.id);

    const another = new Browser();
    await signIn({ ...grace, name: 'Renamed', email: 'elsewhere@example.org' }, another);
    expect(await whoIs(another)).toBe(user.id);
    expect(await prisma().user.count()).toBe(1);
  });

  it('links to an account with the same verified address and no password', async () => {
    const ada = await createPerson({ handle: 'ada' });
    const browser = new Browser();
    await signIn(claims({ email: ada.email }), browser);
    expect(await whoIs(browser)).toBe(ada.id);
  });

  it('links to an account with a password only in a browser signed in to it: its address was never proved', async () => {
    const ada = await createPerson({ handle: 'ada', passwordHash });
    const identity = claims({ email: ada.email });
    const stranger = new Browser();
    expect(await signIn(identity, stranger)).toBe('/sign-in?error=OAuthAccountNotLinked');
    expect(await whoIs(stranger)).toBeUndefined();

    const own = new Browser();
    await own.signIn(ada.email, password);
    await signIn(identity, own);
    expect(await whoIs(own)).toBe(ada.id);
    const later = new Browser();
    await signIn(identity, later);
    expect(await whoIs(later)).toBe(ada.id);
  });

  it('does not link in a browser signed in as somebody else', async () => {
    const ada = await createPerson({ handle: 'ada', passwordHash });
    const mallory = await createPerson({ handle: 'mallory', passwordHash });
    const browser = new Browser();
    await browser.signIn(mallory.email, password);
    expect(await signIn(claims({ email: ada.email }), browser)).toBe('/sign-in?error=OAuthAccountNotLinked');
    expect(await prisma().account.count()).toBe(0);
  });

  it.each([[{ email_verified: false }], [{ email_verified: undefined }], [{ email: undefined }], [{ email: 'no address' }]])(
    'is refused without a verified address: %j',
    async (more) => {
      const ada = await createPerson({ handle: 'ada' });
      expect(await signIn(claims({ email: ada.email, ...more }))).toBe('/sign-in?error=AccessDenied');
      expect(await prisma().account.count()).toBe(0);
      expect(await prisma().user.count()).toBe(1);
    },
  );

  it('registers nobody new while registration is closed, but signs existing people in', async () => {
    const ada = await createPerson({ handle: 'ada' });
    env().OPEN_REGISTRATION = false;
    expect(await signIn(claims())).toBe('/sign-in?error=AccessDenied');
    const browser = new Browser();
    await signIn(claims({ email: ada.email }), browser);
    expect(await whoIs(browser)).toBe(ada.id);
  });

  it('cannot start from a page of another site', async () => {
    expect((await new Browser().post('signin/oidc', {}, 'https://evil.example')).status).toBe(403);
  });

  it('cannot end in a browser that did not start it', async () => {
    provider.claims = claims();
    const { url } = (await (await new Browser().post('signin/oidc', {})).json()) as { url: string };
    const victim = new Browser();
    await victim.send(`callback/oidc?${provider.consent(url)}`, { method: 'GET' });
    expect(await whoIs(victim)).toBeUndefined();
  });
});

describe('providers', () => {
  it('appear only when their ids are set', () => {
    Object.assign(env(), { OIDC_ISSUER: '', GITHUB_ID: '', GOOGLE_ID: '' });
    expect(providerButtons()).toEqual([]);
    Object.assign(env(), {
      OIDC_ISSUER: provider.issuer,
      GITHUB_ID: 'x',
      GITHUB_SECRET: 'y',
      GOOGLE_ID: 'x',
      GOOGLE_SECRET: 'y',
    });
    expect(providerButtons()).toEqual([
      { id: 'github', name: 'GitHub' },
      { id: 'google', name: 'Google' },
      { id: 'oidc', name: 'Work' },
    ]);
    expect(oauthProviders().map(({ wellKnown }) => wellKnown)).toContain(
      'https://accounts.google.com/.well-known/openid-configuration',
    );
    Object.assign(env(), { GITHUB_ID: '', GOOGLE_ID: '' });
  });
});
