import { inventCredentials } from '@/tests/e2e/support/account';
import { Actor } from '@/tests/e2e/support/actor';
import { expectAccessible } from '@/tests/e2e/support/axe';
import { expect, test } from '@/tests/e2e/support/fixtures';
import { holdScripts } from '@/tests/e2e/support/link';

test('a person registers, sees the welcome, signs out and signs in again', async ({ visitor }) => {
  const page = await visitor();
  const { email, password } = inventCredentials('Grace Hopper');
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Welcome back' })).toBeVisible();
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByLabel('Your name').fill('Grace Hopper');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('heading', { name: 'Welcome, Grace' })).toBeVisible();

  await page.getByRole('button', { name: 'Grace Hopper: status and more' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL('/sign-in');
  await page.goto('/settings');
  await expect(page, 'the cookie is gone').toHaveURL(/\/sign-in/);

  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Welcome, Grace' })).toBeVisible();
});

test('the first steps lead to a first message, and do not come back', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  await ada.visit();
  await ada.page.getByRole('main').getByRole('button', { name: 'Write' }).click();
  await ada.dialog.getByRole('combobox', { name: 'Search people' }).fill(bob.handle);
  await ada.offered(bob.handle).click();
  await ada.say('My first words here');
  await ada.visit();
  await expect(ada.row('My first words here')).toBeVisible();
  await expect(ada.page.getByRole('heading', { name: 'Welcome, Ada' })).toHaveCount(0);
});

test('a person who opens a link to a message signs in and lands on it', async ({ person, visitor }) => {
  const ada = await person('Ada Lovelace');
  const id = await ada.group('Letters', []);
  const { id: messageId } = await ada.send(id, 'Where the link leads');
  const page = await visitor();
  await page.goto(`/c/${id}?m=${messageId}`);
  await page.getByLabel('E-mail').fill(ada.account.email);
  await page.getByLabel('Password', { exact: true }).fill(ada.account.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(`/c/${id}?m=${messageId}`);
  await expect(new Actor(page, ada.account).row('Where the link leads')).toBeVisible();
});

test('text typed before the page’s scripts run is kept', async ({ person, visitor }) => {
  const { email, password } = (await person('Ada Lovelace')).account;
  const page = await visitor();
  const release = await holdScripts(page);
  await page.goto('/sign-in', { waitUntil: 'commit' });
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await release();
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue(password);
  await expect(page.getByLabel('E-mail')).toHaveValue(email);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Welcome, Ada' })).toBeVisible();
});

test('a button pressed before the page’s scripts run still does its work', async ({ person }) => {
  const ada = await person('Ada Lovelace');
  const release = await holdScripts(ada.page);
  await ada.page.goto('/', { waitUntil: 'commit' });
  const own = ada.page.getByRole('button', { name: 'Ada Lovelace: status and more' });
  await own.click();
  await release();
  await expect(ada.page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible();
});

test('so does a button on the sign-in page', async ({ visitor }) => {
  const page = await visitor();
  const release = await holdScripts(page);
  await page.goto('/sign-in', { waitUntil: 'commit' });
  await page.getByRole('button', { name: 'Show' }).click();
  await release();
  await expect(page.getByLabel('Password', { exact: true })).toHaveAttribute('type', 'text');
});

test('an action after an early press replaces it', async ({ person }) => {
  const ada = await person('Ada Lovelace');
  const release = await holdScripts(ada.page);
  await ada.page.goto('/', { waitUntil: 'commit' });
  await ada.page.getByRole('button', { name: 'New message' }).first().click();
  await ada.page.getByRole('heading', { name: 'Welcome, Ada' }).click();
  await release();
  await ada.isConnected();
  await expect(ada.page.getByRole('dialog')).toHaveCount(0);
});

test('no password gets into an address, even where no script runs', async ({ visitor }) => {
  const page = await visitor({ javaScriptEnabled: false });
  for (const path of ['/sign-in', '/register']) {
    await page.goto(path);
    await page.getByLabel('E-mail').fill('ada@parley.test');
    await page.getByLabel('Password', { exact: true }).fill('a secret of some length');
    await page.getByLabel('Password', { exact: true }).press('Enter');
    await page.waitForLoadState();
    expect(page.url()).not.toContain('secret');
  }
});

test.describe('sign-in and registration report errors', () => {
  test.use({ tolerated: /status of 4\d\d/ });

  test('a wrong password and an unknown address get the same message', async ({ person, visitor }) => {
    const { email } = (await person()).account;
    const page = await visitor();
    const refusals: (string | null)[] = [];
    for (const address of [email, inventCredentials('Nobody').email]) {
      await page.goto('/sign-in');
      await page.getByLabel('E-mail').fill(address);
      await page.getByLabel('Password', { exact: true }).fill('not the password');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await expect(page.getByRole('main').getByRole('alert')).toBeVisible();
      refusals.push(await page.getByRole('main').getByRole('alert').textContent());
    }
    expect(refusals).toEqual(['That e-mail and password do not match.', 'That e-mail and password do not match.']);
  });

  test('registration reports each missing field beside it, and a taken address', async ({ person, visitor }) => {
    const { email } = (await person()).account;
    const page = await visitor();
    await page.goto('/register');
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(page.getByLabel('Your name')).toHaveAccessibleDescription('Say what people should call you.');
    await expect(page.getByLabel('Your name')).toBeFocused();
    await page.getByLabel('Your name').fill('Ada Again');
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password', { exact: true }).fill('long enough to be taken');
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(page.getByLabel('E-mail')).toHaveAccessibleDescription(/already an account/);
  });
});

test.describe('an ended session', () => {
  test.use({ tolerated: /status of 401/ });

  test('shows the sign-in over the page, and the device continues where it was', async ({ person, device }) => {
    const ada = await person('Ada Lovelace');
    const id = await ada.group('Plans', []);
    const laptop = await device(ada.account);
    await laptop.page.clock.install();
    await laptop.open(id);
    await laptop.composer.fill('Half a thought');

    await ada.visit('/settings');
    await ada.page.getByRole('tab', { name: 'Devices' }).click();
    const others = ada.page.getByRole('tabpanel').getByRole('button', { name: /^Sign out (?!of this)/ });
    await expect(others).toHaveCount(1);
    await others.click();
    await expect(others).toHaveCount(0);

    await expect(laptop.dialog.getByRole('heading', { name: 'You have been signed out' })).toBeVisible();
    await expect(laptop.page.locator('textarea')).toHaveValue('Half a thought');
    // Waiting does not restore this connection, so no countdown is shown: not when the interruption appears after 2 s, nor later.
    await laptop.page.clock.fastForward(5_000);
    await expect(laptop.page.locator('[data-offline-strip]')).toHaveCount(0);
    await expect(laptop.page.locator('[data-connection]')).toHaveText('Signed out');
    await expectAccessible(laptop.page, 'signed out');
    await laptop.dialog.getByLabel('Password', { exact: true }).fill(ada.account.password);
    await laptop.dialog.getByRole('button', { name: 'Sign in' }).click();
    await expect(laptop.dialog).toHaveCount(0);
    await laptop.isConnected();
    await expect(laptop.composer).toHaveValue('Half a thought');
    await laptop.composer.press('Enter');
    await expect.poll(async () => (await ada.history(id)).map(({ content }) => content)).toEqual(['Half a thought']);
  });
});
