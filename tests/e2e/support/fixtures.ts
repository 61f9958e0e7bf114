import AxeBuilder from '@axe-core/playwright';
import { type BrowserContext, type BrowserContextOptions, test as base, expect, type Page } from '@playwright/test';
import { Actor, register } from '@/tests/e2e/support/actor';

interface Fixtures {
  /** Registers somebody and signs them in, in a browser context of their own. A name is made unique by the person's handle. */
  person: (name?: string, options?: BrowserContextOptions) => Promise<Actor>;
  /** Somebody who is not signed in. */
  visitor: (options?: BrowserContextOptions) => Promise<Page>;
  /** What a page may print as an error in this test, because the test is about it (a refused sign-in prints its 401). */
  tolerated: RegExp[];
}

/** Playwright's test with our cast. Whatever a page prints as an error, or throws, fails the test. */
export const test = base.extend<Fixtures & { open: (options?: BrowserContextOptions) => Promise<BrowserContext> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern.
  tolerated: async ({}, use) => use([]),

  open: async ({ browser, tolerated }, use) => {
    const contexts: BrowserContext[] = [];
    const errors: string[] = [];
    await use(async (options) => {
      const context = await browser.newContext(options);
      context.on('console', (message) => {
        if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`);
      });
      context.on('weberror', (error) => errors.push(String(error.error().stack)));
      contexts.push(context);
      return context;
    });
    for (const context of contexts) await context.close();
    expect(
      errors.filter((error) => !tolerated.some((pattern) => pattern.test(error))),
      'errors in the page',
    ).toEqual([]);
  },

  person: async ({ open }, use) => {
    await use(async (name = 'Ada Lovelace', options) => {
      const context = await open(options);
      const account = await register(context.request, name);
      return new Actor(await context.newPage(), account);
    });
  },

  visitor: async ({ open }, use) => {
    await use(async (options) => (await open(options)).newPage());
  },
});

/** axe finds nothing serious or critical on the page as it is now. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const found = grave.map(({ id, help, nodes }) => ({ id, help, where: nodes.map((node) => node.target.join(' ')) }));
  expect(found, 'serious or critical findings of axe').toEqual([]);
}

export { expect };
