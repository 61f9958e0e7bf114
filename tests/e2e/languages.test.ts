import type { Page } from '@playwright/test';
import { compileCatalogue } from '@/app/compile-catalogue';
import { type Locale, locales } from '@/lib/platform/intl/schema';
import { inventCredentials } from '@/tests/e2e/support/account';
import { expect, test } from '@/tests/e2e/support/fixtures';
import { hardCoded, wordsIn, wordsInBrackets } from '@/tests/e2e/support/words';
import { pseudoCatalogue } from '@/tests/support/pseudo';

const isolates = /[\u2068\u2069]/g;

/** A name without the marks that isolate inserted texts. */
const named = (text: string) =>
  new RegExp(`^[\\u2068\\u2069]*${[...text.replace(isolates, '')].map(escaped).join('[\\u2068\\u2069]*')}`);
const escaped = (character: string) => character.replace(/[.*+?^${}()|[\]\\/#]/, '\\$&');

const runsOver = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

for (const [locale, browser, proof] of [
  ['de', 'de-AT', 'Erstelle dein Konto'],
  ['ja', 'ja-JP', 'アカウントの作成'],
  ['ar', 'ar', 'أنشئ حسابك'],
] as [Locale, string, string][])
  test(`from registering to the settings everything is in ${locale}, as the browser is`, async ({ visitor }) => {
    const page = await visitor({ locale: browser });
    const say = wordsIn(locale);
    const [accounts, conversations, messages, settings, participants] = [
      say('accounts'),
      say('conversations'),
      say('messages'),
      say('settings'),
      say('participants'),
    ];
    const { email, password } = inventCredentials('Lena Klein');

    await page.goto('/register');
    await expect(page.locator('html')).toHaveAttribute('lang', locale);
    await expect(page.locator('html')).toHaveAttribute('dir', locales[locale].direction);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(proof);
    await page.getByRole('button', { name: accounts('createAccount') }).click();
    await expect(page.getByText(accounts('problems.enterName'))).toBeVisible();
    await page.getByLabel(accounts('yourName')).fill('Lena Klein');
    await page.getByLabel(accounts('email')).fill(email);
    await page.getByLabel(accounts('password'), { exact: true }).fill(password);
    await page.getByRole('button', { name: accounts('createAccount') }).click();

    await expect(page.getByRole('heading', { level: 1 })).toContainText('Lena');
    await page.getByRole('button', { name: conversations('create'), exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(conversations('groupName'), { exact: true }).fill('Team');
    await dialog.getByRole('button', { name: conversations('createGroup') }).click();
    await expect(page.getByRole('log')).toContainText(
      messages('system.youCreatedNamed', { group: '|' }).replace(isolates, '').split('|')[0] ?? '',
    );
    const composer = page.getByRole('textbox', { name: named(messages('messageGroup', { group: 'Team' })) });
    await composer.fill('Hello, 今日は, مرحبًا');
    await page.getByRole('button', { name: messages('send') }).click();
    const row = page.getByRole('article').filter({ hasText: 'Hello' });
    // A message has no actions until it is stored.
    await expect(row).not.toHaveAttribute('data-seq', 'Infinity');
    await row.hover();
    await row.getByRole('button', { name: messages('moreActions') }).click();
    await expect(page.getByRole('menuitem', { name: messages('markUnread') })).toBeVisible();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: conversations('details'), exact: true }).click();
    await expect(page.getByRole('heading', { name: participants('members') })).toBeVisible();
    expect(await runsOver(page)).toBe(0);

    await page.getByRole('button', { name: settings('settings'), exact: true }).click();
    await expect(page).toHaveTitle(named(conversations('settingsTitle', { product: 'Parley' })));
    await page.getByRole('tab', { name: settings('devices') }).click();
    await expect(page.getByText(settings('thisDevice'), { exact: true })).toBeVisible();
    expect(await runsOver(page)).toBe(0);
  });

test('a language chosen in the settings applies at once, keeps typed text, and reaches other browsers', async ({
  person,
  device,
}) => {
  const ada = await person();
  const id = await ada.group('Team', []);
  await ada.open(id);
  await ada.composer.fill('Half a sentence');
  await ada.page.evaluate(() => Object.assign(window, { isTheSamePage: true }));
  await ada.page.getByRole('button', { name: 'Settings' }).click();
  await ada.page.getByRole('tab', { name: 'Appearance' }).click();
  await ada.page.getByLabel('Language').selectOption('العربية');
  await expect(ada.page.getByRole('heading', { level: 1 })).toHaveText('الإعدادات');
  await expect(ada.page.locator('html')).toHaveAttribute('dir', 'rtl');
  await ada.page.locator(`[data-conversation="${id}"]`).click();
  await expect(ada.page.getByRole('textbox', { name: named('رسالة إلى Team') })).toHaveValue('Half a sentence');
  expect(await ada.page.evaluate(() => 'isTheSamePage' in window)).toBe(true);
  // The list is on the right now, and grows to the left.
  const edge = ada.page.getByRole('separator');
  const before = Number(await edge.getAttribute('aria-valuenow'));
  await edge.press('ArrowLeft');
  await expect(edge).toHaveAttribute('aria-valuenow', `${before + 16}`);

  const other = await device(ada.account);
  await other.visit('/settings');
  await expect(other.page.locator('html')).toHaveAttribute('lang', 'ar');
  await other.page.getByRole('tab', { name: 'المظهر' }).click();
  const stored = other.page.waitForResponse((response) => response.url().endsWith('/api/me'));
  await other.page.getByLabel('اللغة').selectOption({ index: 0 });
  await expect(other.page.getByRole('heading', { level: 1 })).toHaveText('Settings');
  await stored;
  await other.page.reload();
  await expect(other.page.locator('html')).toHaveAttribute('lang', 'en');
});

test('a chosen language reaches the other tabs and devices at once, and what was typed there stays', async ({
  person,
  device,
}) => {
  const ada = await person();
  const id = await ada.group('Team', []);
  const [tab, phone] = [await ada.tab(), await device(ada.account)];
  await tab.open(id);
  await tab.composer.fill('Half a sentence');
  await phone.visit('/settings');
  await ada.visit('/settings');
  await ada.page.getByRole('tab', { name: 'Appearance' }).click();
  await ada.page.getByLabel('Language').selectOption('Deutsch');
  for (const { page } of [tab, phone]) await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(phone.page.getByRole('heading', { level: 1 })).toHaveText('Einstellungen');
  await expect(tab.page.getByRole('textbox', { name: named('Nachricht an #Team') })).toHaveValue('Half a sentence');
  await ada.page.getByLabel('Sprache').selectOption({ index: 0 });
  for (const { page } of [tab, phone]) await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test('who is not signed in chooses a language for this browser, and keeps what was typed', async ({ visitor }) => {
  const page = await visitor();
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill('lena@parley.test');
  await page.getByLabel('Language').selectOption('日本語');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('おかえりなさい');
  await expect(page).toHaveTitle('ログイン · Parley');
  await expect(page.getByLabel('メールアドレス')).toHaveValue('lena@parley.test');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('おかえりなさい');
});

test('a page includes one catalogue, and no script includes any', async ({ visitor }) => {
  const page = await visitor({ locale: 'de-DE' });
  const scripts: Promise<string>[] = [];
  page.on('response', (response) => {
    if (response.url().endsWith('.js')) scripts.push(response.text());
  });
  const html = (await (await page.goto('/sign-in'))?.text()) ?? '';
  await page.waitForLoadState('networkidle');
  expect(html).toContain('Passwort anzeigen');
  expect(html).not.toContain('Show password');
  const all = await Promise.all(scripts);
  expect(all.length).toBeGreaterThan(3);
  for (const script of all) {
    expect(script).not.toContain('Passwort anzeigen');
    expect(script).not.toContain('Show password');
  }
});

test('no text is hard-coded: with a catalogue of brackets every text is in brackets', async ({ person }) => {
  const [ada, bob] = await Promise.all([person('Ada Lovelace'), person('Bob Martin')]);
  const id = await ada.group('Team', [bob], 'public');
  const direct = await ada.directWith(bob);
  await bob.send(id, 'Some words');
  const answered = await ada.send(id, 'More of them');
  await ada.ask('PUT', `/api/conversations/${id}/messages/${answered.id}/reactions/${encodeURIComponent('👍')}`);
  await ada.send(direct, 'Only to you');
  const { page } = ada;
  const names = [
    'Ada Lovelace',
    'Bob Martin',
    'Ada',
    'Bob',
    'Team',
    'Parley',
    'Some words',
    'More of them',
    'Only to you',
    'zzz',
  ];
  await page.route('**/locales/de.json', (route) => route.fulfill({ json: compileCatalogue(pseudoCatalogue()) }));
  const say = wordsInBrackets();
  const [conversations, messages, settings] = [say('conversations'), say('messages'), say('settings')];
  const look = async (what: string) => expect.soft(await hardCoded(page, names), what).toEqual([]);
  const press = (name: string) => page.getByRole('button', { name, exact: true }).first().click();
  const dialog = page.getByRole('dialog');
  const row = page.getByRole('article').filter({ hasText: 'More of them' });

  await ada.open(id);
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('tab', { name: 'Appearance' }).click();
  await page.getByLabel('Language').selectOption('Deutsch');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(settings('settings'));
  for (const tab of await page.getByRole('tab').all()) {
    await tab.click();
    await expect(page.getByRole('tabpanel')).toBeVisible();
    await look(`settings: ${await tab.textContent()}`);
  }

  await page.locator(`[data-conversation="${direct}"]`).click();
  await expect(page.getByRole('article')).toHaveCount(1);
  await look('a direct conversation');
  await page.locator(`[data-conversation="${id}"]`).click();
  await press(conversations('details'));
  await expect(page.getByText(say('participants')('admin'))).toBeVisible();
  await look('a group with its details');

  await row.hover();
  await look('the actions of a message');
  await row.getByRole('button', { name: messages('moreActions') }).click();
  await look('the menu of a message');
  await page.getByRole('menuitem', { name: messages('delete') }).click();
  await expect(dialog).toBeVisible();
  await look('the question before a message is deleted');
  await page.keyboard.press('Escape');
  await row.hover();
  await row.getByRole('button', { name: messages('reply'), exact: true }).click();
  await press(messages('formatting'));
  await look('a reply, with formats');
  await page.getByRole('button', { name: messages('emoji'), exact: true }).click();
  await expect(page.getByPlaceholder(messages('emojiSearch'))).toBeVisible();
  await look('the emoji picker');
  await page.keyboard.press('Escape');

  for (const name of [conversations('newMessage'), conversations('newGroup'), conversations('browsePublic')]) {
    await press(name);
    await expect(dialog).toBeVisible();
    await look(`the dialog behind ${name}`);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  }
  await page.keyboard.press('Control+k');
  await dialog.getByRole('combobox').fill('zzz');
  await expect(dialog.getByText('zzz')).toBeVisible();
  await look('the palette');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: say('users')('statusAndMore', { name: 'Ada Lovelace' }) }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  await look('the menu about oneself');
  await page.getByRole('menuitem', { name: say('users')('sayWhatYouAreUpTo') }).click();
  await expect(dialog).toBeVisible();
  await look('the dialog of the status');
});
