import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { inventCredentials } from '@/tests/e2e/support/account';
import type { Actor } from '@/tests/e2e/support/actor';
import { expectAccessible } from '@/tests/e2e/support/axe';
import { expect, test } from '@/tests/e2e/support/fixtures';
import { owner } from '@/tests/support/owner';

const openTab = async (actor: Actor, name: string) => {
  await actor.visit('/settings');
  await actor.page.getByRole('tab', { name }).click();
};

test.describe('the profile', () => {
  test.use({ tolerated: /status of 409/ });

  test('shows to others: name, handle, status and picture', async ({ couple }) => {
    const { ada, bob } = await couple();
    await ada.say('Hello');
    await ada.visit('/settings');
    await ada.page.getByLabel('Name', { exact: true }).fill('Ada, Countess of Lovelace');
    const taken = ada.page.getByLabel('Handle');
    await taken.fill(bob.handle);
    await ada.page.getByRole('button', { name: 'Save changes' }).click();
    await expect(taken).toHaveAccessibleDescription('Somebody else has this handle.');
    await expect(taken).toBeFocused();
    await taken.fill(`countess.${ada.handle}`.slice(0, 32));
    await ada.page.getByLabel('Status', { exact: true }).fill('Translating');
    const buffer = await sharp({ create: { width: 200, height: 200, channels: 3, background: 'purple' } })
      .png()
      .toBuffer();
    await ada.page.getByLabel('Picture').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer });
    await expect(ada.page.getByRole('button', { name: 'Change picture' })).toBeVisible();
    await ada.page.getByRole('button', { name: 'Save changes' }).click();
    await expect(ada.page.getByText('Your profile is saved.')).toBeVisible();
    await expect(ada.page.getByRole('button', { name: 'Save changes' })).toBeDisabled();
    await expect(ada.page.getByRole('button', { name: 'Ada, Countess of Lovelace: status and more' })).toBeVisible();

    await bob.page.reload();
    await expect(bob.page.getByRole('heading', { name: 'Ada, Countess of Lovelace', level: 1 })).toBeVisible();
    await expect(bob.page.getByRole('main').locator('header')).toContainText('Translating');
    await expect(bob.row('Hello')).toContainText('Ada, Countess of Lovelace');
    await expect(bob.row('Hello').locator('img').first()).toHaveJSProperty('complete', true);
    expect(
      await bob
        .row('Hello')
        .locator('img')
        .first()
        .evaluate((image: HTMLImageElement) => image.naturalWidth),
    ).toBeGreaterThan(0);
  });
});

/** Records every background colour of the page since it began to load. */
async function recordGrounds(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const grounds = new Set<string>();
    Object.assign(window, { grounds });
    const look = () => {
      if (document.body) grounds.add(getComputedStyle(document.body).backgroundColor);
      requestAnimationFrame(look);
    };
    look();
  });
  return () => page.evaluate(() => [...(window as unknown as { grounds: Set<string> }).grounds]);
}

const groundOf = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

test('a chosen theme holds from the first paint on, in every tab of this browser', async ({ person }) => {
  const ada = await person('Ada Lovelace', { colorScheme: 'light' });
  await openTab(ada, 'Appearance');
  const light = await groundOf(ada.page);
  await ada.page.getByRole('radio', { name: 'Dark' }).click();
  await expect.poll(() => groundOf(ada.page)).not.toBe(light);
  const dark = await groundOf(ada.page);
  const grounds = await recordGrounds(ada.page);
  await ada.visit('/settings');
  expect(await grounds(), 'no flash of the other theme').toEqual([dark]);
  await ada.page.getByRole('tab', { name: 'Appearance' }).click();
  await expect(ada.page.getByRole('radio', { name: 'Dark' })).toBeChecked();
  const tab = await ada.tab();
  await tab.visit();
  expect(await groundOf(tab.page)).toBe(dark);
});

test('the page follows the system’s theme, day and night, until one is chosen', async ({ person }) => {
  const ada = await person('Ada Lovelace', { colorScheme: 'light' });
  await openTab(ada, 'Appearance');
  await expect(ada.page.getByRole('radio', { name: 'System' })).toBeChecked();
  const light = await groundOf(ada.page);
  await ada.page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(() => groundOf(ada.page)).not.toBe(light);
  await ada.page.getByRole('radio', { name: 'Light' }).click();
  await expect.poll(() => groundOf(ada.page)).toBe(light);
});

test('the settings list the signed-in devices and mark this one', async ({ person, device }) => {
  const ada = await person('Ada Lovelace');
  await device(ada.account);
  await openTab(ada, 'Devices');
  const devices = ada.page.getByRole('tabpanel').getByRole('listitem');
  await expect(devices).toHaveCount(2);
  await expect(devices.filter({ hasText: 'This device' })).toHaveCount(1);
  await expect(devices.filter({ hasText: 'This device' })).toContainText('Active now');
  await expect(devices.filter({ hasNotText: 'This device' }).getByRole('button', { name: /^Sign out / })).toBeVisible();
});

test('the owner’s invite link lets one person in', async ({ device, visitor }) => {
  const olga = await device({ id: '', handle: '', ...owner });
  await openTab(olga, 'Invites');
  await olga.page.getByRole('button', { name: 'Create an invite link' }).click();
  await expectAccessible(olga.page, 'invites');
  const link = await olga.page.getByRole('textbox', { name: 'Invite link' }).inputValue();
  const page = await visitor();
  await page.goto(link);
  await page.getByLabel('Your name').fill('Ivo Invited');
  await page.getByLabel('E-mail').fill(inventCredentials('Ivo').email);
  await page.getByLabel('Password', { exact: true }).fill('long enough to be taken');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('heading', { name: 'Welcome, Ivo' })).toBeVisible();
});

test('the owner sees how far older messages are indexed, until they are; others do not', async ({ device, person }) => {
  const olga = await device({ id: '', handle: '', ...owner });
  const answers = [
    { indexed: 0.437, indexedSince: '2024-03-12T10:00:00.000Z' },
    { indexed: 0.999, indexedSince: '2023-01-02T10:00:00.000Z' },
  ];
  let isDone = false;
  let asked = 0;
  await olga.page.route('**/api/search/progress', (route) => {
    asked += 1;
    return route.fulfill({ json: isDone ? { indexed: 1, indexedSince: null } : answers[Math.min(asked, answers.length) - 1] });
  });
  await olga.visit('/settings');
  const bar = olga.page.getByRole('progressbar', { name: 'Search is indexing older messages' });
  await expect(olga.page.getByText('43% done, back to March 2024.')).toBeVisible();
  await expect(bar).toHaveAttribute('aria-valuenow', '43');
  await expectAccessible(olga.page, 'search progress');
  await expect(olga.page.getByText('99% done, back to January 2023.')).toBeVisible();
  isDone = true;
  await expect(bar).toBeHidden();

  const ada = await person('Ada Lovelace');
  let outsiders = 0;
  ada.page.on('request', (request) => {
    if (request.url().includes('/api/search/progress')) outsiders += 1;
  });
  await openTab(ada, 'Devices');
  await expect(ada.page.getByRole('tabpanel').getByRole('listitem')).toHaveCount(1);
  expect(outsiders).toBe(0);
});
