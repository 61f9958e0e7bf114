import { expect, test } from '@/tests/e2e/support/fixtures';

test('two tabs and a phone of one person agree on unread counts', async ({ couple, device }) => {
  const { ada, bob, id } = await couple();
  await ada.say('To begin with');
  await expect(bob.row('To begin with')).toBeVisible();
  await expect.poll(() => bob.unread(id)).toBe(0);
  const [tab, phone] = [await bob.tab(), await device(bob.account)];
  await Promise.all([bob.visit('/settings'), tab.visit('/settings'), phone.visit('/settings')]);
  await ada.say('Anybody there?');
  for (const one of [bob, tab, phone]) {
    await expect(one.listed('Ada Lovelace').getByText('1 unread')).toBeAttached();
    await expect(one.page).toHaveTitle('(1) Parley · Settings');
  }
  await tab.listed('Ada Lovelace').click();
  await expect(tab.row('Anybody there?')).toBeVisible();
  for (const one of [bob, tab, phone]) await expect(one.listed('Ada Lovelace')).not.toContainText('unread');
  await expect(phone.page).toHaveTitle('Parley · Settings');

  await tab.say('I am, in this tab');
  await bob.open(id);
  await phone.open(id);
  await phone.say('And on my phone');
  for (const one of [ada, bob, tab, phone]) {
    await expect(one.rows.getByTestId('message-text')).toHaveText([
      'To begin with',
      'Anybody there?',
      'I am, in this tab',
      'And on my phone',
    ]);
  }
});

test('a conversation that is started, left or renamed in one tab changes in the other', { tag: '@one-browser' }, async ({
  person,
}) => {
  const ada = await person('Ada Lovelace');
  const id = await ada.group('Workshop', []);
  const other = await ada.tab();
  await Promise.all([ada.open(id), other.visit('/settings')]);
  await ada.group('Second group', []);
  await expect(other.listed('Second group')).toBeVisible();
  await ada.ask('PATCH', `/api/conversations/${id}`, { name: 'Atelier' });
  await expect(other.listed('Atelier')).toBeVisible();
  await ada.ask('DELETE', `/api/conversations/${id}`);
  await expect(other.listed('Atelier')).toHaveCount(0);
  await expect(ada.page.getByText('There is nothing here')).toBeVisible();
});

test.describe('signing out', () => {
  test.use({ tolerated: /status of 401|WebSocket connection to/ });

  test('in one tab ends the session in the other, which keeps its text', { tag: '@one-browser' }, async ({ person }) => {
    const ada = await person('Ada Lovelace');
    const id = await ada.group('Plans', []);
    const other = await ada.tab();
    await Promise.all([ada.visit('/settings'), other.open(id)]);
    await other.composer.fill('Half a thought');
    await ada.page.getByRole('button', { name: 'Ada Lovelace: status and more' }).click();
    await ada.page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(ada.page).toHaveURL('/sign-in');
    await expect(other.dialog.getByRole('heading', { name: 'You have been signed out' })).toBeVisible();
    await expect(other.page.locator('textarea')).toHaveValue('Half a thought');
    await other.dialog.getByLabel('Password', { exact: true }).fill(ada.account.password);
    await other.dialog.getByRole('button', { name: 'Sign in' }).click();
    await expect(other.dialog).toHaveCount(0);
    await other.isConnected();
    await other.composer.press('Enter');
    await expect(other.row('Half a thought')).toBeVisible();
    await expect.poll(async () => (await other.history(id)).map(({ content }) => content)).toEqual(['Half a thought']);
  });
});
