import { type BrowserContext, type BrowserContextOptions, test as base, expect, type Page } from '@playwright/test';
import { type Account, register, signIn } from '@/tests/e2e/support/account';
import { Actor } from '@/tests/e2e/support/actor';
import { Link } from '@/tests/e2e/support/link';
import { nodeCookie } from '@/tests/support/nginx';

interface Fixtures {
  /** Registers and signs in a person, in a separate browser context. Names repeat, handles do not. */
  person: (name?: string, options?: BrowserContextOptions) => Promise<Actor>;
  /** Two people with a direct conversation, in separate browsers. Both have it open, unless `looking` names one of them. */
  couple: (looking?: 'ada' | 'bob') => Promise<{ ada: Actor; bob: Actor; id: string }>;
  /** Signs a person in again, in another browser. */
  device: (account: Account, options?: BrowserContextOptions) => Promise<Actor>;
  /** A browser without a session. */
  visitor: (options?: BrowserContextOptions) => Promise<Page>;
  /** A proxy to the server that can be cut: pass its `url` as a person's `baseURL`. */
  link: Link;
  /** Console errors that the page may print in this test, such as the 401 of a refused sign-in. */
  tolerated: RegExp;
}

/** Playwright's test with the cast. Any other console error, or exception of a page, fails the test. */
export const test = base.extend<Fixtures & { browse: (options?: BrowserContextOptions) => Promise<BrowserContext> }>({
  tolerated: [/(?!)/, { option: true }],

  browse: async ({ browser, baseURL, tolerated }, use, info) => {
    const contexts: BrowserContext[] = [];
    const errors: string[] = [];
    let asked = 0;
    await use(async (options) => {
      // Every other browser is on the other node, so that people who talk to each other do so across both.
      const node = asked++ % 2;
      const context = await browser.newContext({ baseURL, ...options });
      if (process.env.PARLEY_E2E_NODES) await atNode(context, node);
      context.on('console', (message) => {
        if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`);
      });
      context.on('weberror', (error) => errors.push(String(error.error().stack)));
      contexts.push(context);
      return context;
    });
    for (const context of contexts) await context.close();
    if (info.errors.length === 0) expectPlace(contexts.length, info.tags.includes('@one-browser'));
    expect(
      errors.filter((error) => !tolerated.test(error)),
      'errors in the page',
    ).toEqual([]);
  },

  person: async ({ browse }, use) => {
    await use(async (name = 'Ada Lovelace', options) => {
      const context = await browse(options);
      const account = await register(context.request, name);
      return new Actor(await context.newPage(), account);
    });
  },

  couple: async ({ person }, use) => {
    await use(async (looking) => {
      const [ada, bob] = await Promise.all([person('Ada Lovelace'), person('Bob Martin')]);
      const id = await ada.directWith(bob);
      const viewers = { ada: [ada], bob: [bob], both: [ada, bob] }[looking ?? 'both'];
      await Promise.all(viewers.map((viewer) => viewer.open(id)));
      return { ada, bob, id };
    });
  },

  device: async ({ browse }, use) => {
    await use(async (account, options) => {
      const context = await browse(options);
      await signIn(context.request, account);
      return new Actor(await context.newPage(), account);
    });
  },

  visitor: async ({ browse }, use) => {
    await use(async (options) => (await browse(options)).newPage());
  },

  link: async ({ baseURL }, use) => {
    const link = await Link.to(baseURL ?? '');
    await use(link);
    await link.cut();
  },
});

/** Two nodes run the tests with several browsers, and leave out those that are tagged as having one. */
function expectPlace(browsers: number, tagged: boolean): void {
  if (tagged) expect(browsers, '@one-browser').toBe(1);
  else if (process.env.PARLEY_E2E_NODES)
    expect(browsers, 'no browser was at the other node: tag the test @one-browser').not.toBe(1);
}

/** Behind the tests' nginx, sends this browser to a node, and to the other one only while that is away. */
export const atNode = (context: BrowserContext, node: number) =>
  context.addCookies([{ name: nodeCookie, value: `${node}`, domain: 'localhost', path: '/' }]);

/** Console errors of requests that are cut off, or are sent to a server that is about to stop. */
export const networkErrors = /net::ERR_|WebSocket connection to|status of 503 .*\/socket\.io\//;

export { expect };
