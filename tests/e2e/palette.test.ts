import type { Actor } from '@/tests/e2e/support/actor';
import { expectAccessible } from '@/tests/e2e/support/axe';
import { expect, networkErrors, test } from '@/tests/e2e/support/fixtures';

test('the palette goes to what is meant in spite of a typing error, and puts what is used first', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  const first = await ada.group('Release notes', [bob]);
  const second = await ada.group('Release train', [bob]);
  await ada.send(second, 'older');
  await ada.send(first, 'newer');
  await bob.visit();
  const options = bob.dialog.getByRole('option');
  await bob.page.keyboard.press('Control+k');
  await bob.dialog.getByRole('combobox').fill('relaese');
  await expect(options.filter({ hasText: 'Release' })).toHaveText([/Release notes/, /Release train/]);
  await bob.page.keyboard.press('ArrowDown');
  await bob.page.keyboard.press('Enter');
  await expect(bob.page).toHaveURL(`/c/${second}`);
  await bob.page.keyboard.press('Control+k');
  await bob.dialog.getByRole('combobox').fill('relea');
  await expect(options.filter({ hasText: 'Release' })).toHaveText([/Release train/, /Release notes/]);
  await expectAccessible(bob.page, 'the palette');
});

test('the palette finds public groups that one is not in', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  const name = `Observatory ${ada.handle.slice(-6)}`;
  const id = await ada.group(name, [], 'public');
  await bob.visit();
  await bob.page.keyboard.press('Control+k');
  await bob.dialog.getByRole('combobox').fill(name.toLowerCase());
  await expect(bob.dialog.getByRole('option').first()).toHaveText(new RegExp(`${name}.*Public group`));
  await bob.page.keyboard.press('Enter');
  await expect(bob.page).toHaveURL(`/c/${id}`);
});

test('the palette runs commands', async ({ person }) => {
  const ada = await person('Ada Lovelace');
  await ada.visit();
  const run = async (typed: string, name: string) => {
    await ada.page.keyboard.press('Control+k');
    await ada.dialog.getByRole('combobox').fill(typed);
    await expect(ada.dialog.getByRole('option', { selected: true })).toHaveText(new RegExp(name));
    await ada.page.keyboard.press('Enter');
  };
  await run('theme dark', 'Theme: Dark');
  await expect(ada.page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await run('shortcuts', 'Keyboard shortcuts');
  await expect(ada.dialog.getByText('Next conversation')).toBeVisible();
  await ada.page.keyboard.press('Escape');
  await run('new gr', 'New group');
  await expect(ada.page.getByRole('dialog', { name: 'New group' })).toBeVisible();
  await ada.page.keyboard.press('Escape');
  await run('settings', 'Settings');
  await expect(ada.page).toHaveURL('/settings');
});

test('the palette marks all as read on every device, and it can be undone', async ({ person, device }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  const [first, second] = [await ada.group('Release notes', [bob]), await ada.group('Release train', [bob])];
  await ada.send(first, 'One');
  await ada.send(first, 'Two');
  await ada.send(second, `For @${bob.handle}`);
  const phone = await device(bob.account);
  await Promise.all([bob.visit('/settings'), phone.visit('/settings')]);
  const unread = ({ list }: Actor, count: string) => list.getByText(count, { exact: true });
  for (const screen of [bob, phone]) await expect(unread(screen, '2 unread')).toBeAttached();

  await bob.page.keyboard.press('Control+k');
  await bob.dialog.getByRole('combobox').fill('mark all');
  await expect(bob.dialog.getByRole('option', { selected: true })).toHaveText('Mark all as read');
  await bob.page.keyboard.press('Enter');
  await expect(bob.page.getByText('All conversations are marked as read.')).toBeVisible();
  for (const screen of [bob, phone])
    for (const name of ['Release notes', 'Release train']) await expect(screen.listed(name)).not.toContainText('unread');
  for (const id of [first, second]) expect(await bob.unread(id)).toBe(0);

  await bob.page.getByRole('button', { name: 'Undo' }).click();
  for (const screen of [bob, phone]) {
    await expect(unread(screen, '2 unread')).toBeAttached();
    await expect(screen.listed('Release train')).toContainText('1 unread, 1 mentions you');
  }
  expect(await bob.unread(first)).toBe(2);
});

test('where everything is read, the palette says so', async ({ person }) => {
  const bob = await person('Bob Martin');
  await bob.group('Release notes', []);
  await bob.visit();
  await bob.page.keyboard.press('Control+k');
  await bob.dialog.getByRole('combobox').fill('mark all');
  await bob.page.keyboard.press('Enter');
  await expect(bob.page.getByText('Everything was read already.')).toBeVisible();
  await expect(bob.page.getByRole('button', { name: 'Undo' })).toHaveCount(0);
});

test.describe('without a connection', () => {
  test.use({ tolerated: networkErrors });

  test('the palette still finds what is on this page', async ({ person }) => {
    const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
    const id = await ada.group('Tunnel', [bob]);
    await bob.visit();
    await expect(bob.listed('Tunnel')).toBeVisible();
    await bob.page.context().setOffline(true);
    await bob.page.keyboard.press('Control+k');
    await bob.dialog.getByRole('combobox').fill('tunn');
    await expect(bob.dialog.getByRole('option').first()).toHaveText(/Tunnel/);
    await bob.page.keyboard.press('Enter');
    await expect(bob.page).toHaveURL(`/c/${id}`);
  });
});
