import { expect, test } from '@/tests/e2e/support/fixtures';

// Scripts that fail to load are console errors; here they are blocked on purpose.
test.use({ tolerated: /Failed to load resource|ERR_FAILED/ });

test('screens and dialogs that are loaded on demand have come before they are opened', async ({ person }) => {
  const bob = await person('Bob Martin');
  const id = await bob.group('Archive', []);
  await bob.open(id);
  await bob.page.waitForLoadState('networkidle');
  await bob.page.route('**/_next/static/chunks/**', (route) => route.abort());
  await bob.page.getByRole('button', { name: 'Details', exact: true }).click();
  await expect(bob.page.getByRole('complementary', { name: 'Details' })).toContainText('Archive');
  await bob.page.getByRole('button', { name: 'Settings' }).click();
  await expect(bob.page.getByRole('heading', { level: 1 })).toHaveText('Settings');
  await expect(bob.page.getByRole('tab', { name: 'Profile' })).toBeVisible();
});
