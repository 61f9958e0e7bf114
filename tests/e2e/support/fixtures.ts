import { type BrowserContext, type BrowserContextOptions, test as base, expect, type Page } from '@playwright/test';
import { type Account, register, signIn } from '@/tests/e2e/support/account';
import { Actor } from '@/tests/e2e/support/actor';
import { Link } from '@/tests/e2e/support/link';
import { nodeCookie } from '@/tests/support/nginx';

interface Fixtures {
  /** Registers somebody and signs them in, in a browser context of their own. Many have one name; their handles differ. */
  person: (name?: string, options?: BrowserContextOptions) => Promise<Actor>;
  /** Two people who look at the same direct conversation, each in a browser of their own. */
  couple: () => Promise<{ ada: Actor; bob: Actor; id: string }>;
  /** Signs somebody in once more, in another browser. */
  device: (account: Account, options?: BrowserContextOptions) => Promise<Actor>;
  /** Somebody who is not signed in. */
  visitor: (options?: BrowserContextOptions) => Promise<Page>;
  /** A line to the server that can be cut: give its `url` to somebody as their `baseURL`. */
  link: Link;
  /** What a page may print as an error in this test, because the test is about it (a refused sign-in prints its 401). */
  tolerated: RegExp;
}

/** Playwright's test with our cast. Whatever a page prints as an error, or throws, fails the test. */
export const test = base.extend<Fixtures & { browse: (options?: BrowserContextOptions) => Promise<BrowserContext> }>({
  tolerated: [/(?!)/, { option: true }],

  browse: async ({ browser, baseURL, tolerated }, use) => {
    const contexts: BrowserContext[] = [];
    const errors: string[] = [];
    let asked = 0;
    await use(async (options) => {
      // Every other browser is at the other node, also of two that open at once: whoever talk to each other do so across both.
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
    await use(async () => {
      const [ada, bob] = await Promise.all([person('Ada Lovelace'), person('Bob Martin')]);
      const id = await ada.directWith(bob);
      await Promise.all([ada.open(id), bob.open(id)]);
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

/** Behind the tests' nginx: this browser goes to that node, and to the other one only while that is away. */
export const atNode = (context: BrowserContext, node: number) =>
  context.addCookies([{ name: nodeCookie, value: `${node}`, domain: 'localhost', path: '/' }]);

/** What a browser prints about requests that do not get through, or to a server that is about to stop. */
export const networkErrors = /net::ERR_|WebSocket connection to|status of 503 .*\/socket\.io\//;

export { expect };
