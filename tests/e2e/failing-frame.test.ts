import type { Page } from '@playwright/test';
import { expect, test } from '@/tests/e2e/support/fixtures';

// Simulates bugs of the server by damaging its answers. The page must show as much as possible.
test.use({ tolerated: /./ });

/** The page arrives with an unknown language, so that even its outermost component fails. */
async function damageFrame(page: Page, path: string): Promise<void> {
  await page.route(path, async (route) => {
    const response = await route.fetch();
    const damaged = (await response.text()).replaceAll('\\"locale\\":\\"en\\"', '\\"locale\\":\\"of another version\\"');
    await route.fulfill({ response, body: damaged });
  });
}

test('a page whose frame cannot be rendered says so, and the way back leads to a sound one', async ({ person }) => {
  const bob = await person('Bob Martin');
  const id = await bob.group('Archive', []);
  await damageFrame(bob.page, `**/c/${id}`);
  await bob.page.goto(`/c/${id}`);
  await expect(bob.page.getByRole('heading', { name: 'This page could not be shown' })).toBeVisible();
  await bob.page.getByRole('button', { name: 'Try again' }).click();
  await expect(bob.page.getByRole('heading', { name: 'This page could not be shown' })).toBeVisible();
  await bob.page.unroute(`**/c/${id}`);
  await bob.page.getByRole('link', { name: 'Your conversations' }).click();
  await expect(bob.listed('Archive')).toBeVisible();
});

test('such a page is not blank without a connection, and gets its words when that is back', async ({ person }) => {
  const bob = await person('Bob Martin');
  const id = await bob.group('Archive', []);
  await damageFrame(bob.page, `**/c/${id}`);
  await bob.page.route('**/locales/*', (route) => route.abort());
  await bob.page.goto(`/c/${id}`);
  await expect(bob.page.getByRole('alert').getByRole('link', { name: 'Parley' })).toBeVisible();
  await bob.page.unroute('**/locales/*');
  await bob.page.evaluate(() => window.dispatchEvent(new Event('online')));
  await expect(bob.page.getByRole('heading', { name: 'This page could not be shown' })).toBeVisible();
});
