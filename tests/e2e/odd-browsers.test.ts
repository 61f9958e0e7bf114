import { chromium } from '@playwright/test';
import { register } from '@/tests/e2e/support/account';
import { Actor } from '@/tests/e2e/support/actor';
import { chromiumFlags } from '@/tests/e2e/support/chromium';
import { expect, networkErrors, test } from '@/tests/e2e/support/fixtures';

/** APIs that are removed before the page's first script runs. */
const odd: [what: string, take: () => void][] = [
  [
    'what only secure pages have',
    () => {
      Object.defineProperty(crypto, 'randomUUID', { value: undefined });
      Object.defineProperty(crypto, 'subtle', { value: undefined });
      for (const name of ['clipboard', 'locks', 'serviceWorker', 'storage', 'mediaDevices'])
        Object.defineProperty(navigator, name, { value: undefined });
    },
  ],
  ['IndexedDB', () => Object.defineProperty(window, 'indexedDB', { value: undefined })],
  [
    'an IndexedDB that opens',
    () => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('Not in a private window.', 'SecurityError');
      };
    },
  ],
  [
    'an IndexedDB that answers',
    () => {
      IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest;
    },
  ],
  [
    'room in IndexedDB',
    () => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('Full.', 'QuotaExceededError');
      };
    },
  ],
  [
    'localStorage and sessionStorage',
    () => {
      const get = () => {
        throw new DOMException('Forbidden.', 'SecurityError');
      };
      for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get });
    },
  ],
  [
    'room in localStorage',
    () => {
      Storage.prototype.setItem = () => {
        throw new DOMException('Full.', 'QuotaExceededError');
      };
    },
  ],
  ['BroadcastChannel', () => Object.defineProperty(window, 'BroadcastChannel', { value: undefined })],
  [
    'the newer parts of Intl',
    () => {
      for (const part of ['RelativeTimeFormat', 'ListFormat', 'Segmenter', 'PluralRules', 'DisplayNames', 'DurationFormat'])
        Object.defineProperty(Intl, part, { value: undefined });
      Object.defineProperty(Intl.DateTimeFormat.prototype, 'formatToParts', { value: undefined });
      Object.defineProperty(Intl.DateTimeFormat.prototype, 'formatRange', { value: undefined });
    },
  ],
  [
    'a time zone and a language',
    () => {
      const { resolvedOptions } = Intl.DateTimeFormat.prototype;
      Intl.DateTimeFormat.prototype.resolvedOptions = function () {
        return { ...resolvedOptions.call(this), timeZone: undefined as unknown as string, locale: 'C' };
      };
    },
  ],
  [
    'notifications, idle time and sharing',
    () => {
      for (const name of ['Notification', 'requestIdleCallback', 'PushManager'])
        Object.defineProperty(window, name, { value: undefined });
      Object.defineProperty(navigator, 'share', { value: undefined });
    },
  ],
  ['the truth about being online', () => Object.defineProperty(navigator, 'onLine', { get: () => false })],
];

for (const [what, take] of odd)
  test(`without ${what} a person can write, read, reload and find everything again`, async ({ person }) => {
    const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
    await ada.page.context().addInitScript(take);
    await chat(ada, bob);
  });

for (const TZ of ['Foo/Bar', ''])
  test(`with the system time zone '${TZ}' Parley uses UTC`, async ({ person, baseURL }) => {
    const browser = await chromium.launch({
      executablePath: process.env.PARLEY_CHROMIUM,
      args: chromiumFlags,
      env: { ...process.env, TZ },
    });
    const context = await browser.newContext({ baseURL, timezoneId: undefined });
    const errors: string[] = [];
    context.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    context.on('weberror', (error) => errors.push(String(error.error().stack)));
    const ada = new Actor(await context.newPage(), await register(context.request, 'Ada Lovelace'));
    const bob = await person('Bob Martin');
    await chat(ada, bob);
    const history = await ada.history(await ada.directWith(bob));
    const sent = history.find(({ content }) => content === 'Hello from an odd one');
    const hourAndMinute = new Date(sent?.createdAt ?? '').toISOString().slice(11, 16).replace(/^0/, '');
    await expect(ada.row('Hello from an odd one').locator('time').first()).toHaveText(new RegExp(`^0?${hourAndMinute}$`));
    await browser.close();
    expect(errors).toEqual([]);
  });

test('a cookie with an unknown time zone and language has no effect', async ({ person, baseURL }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  for (const value of ['%', encodeURIComponent(JSON.stringify({ zone: 'Foo/Bar', locale: 'xx_invalid' }))]) {
    await ada.page.context().addCookies([{ name: 'parley-frame', value, url: baseURL ?? '' }]);
    await ada.visit('/settings');
  }
  await chat(ada, bob);
});

test.describe('while offline', () => {
  test.use({ tolerated: networkErrors });

  test('without storage a notice says to leave the tab open, and waiting messages go out once', async ({ person, link }) => {
    const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin', { baseURL: link.url })];
    await bob.page.context().addInitScript(() => Object.defineProperty(window, 'indexedDB', { value: undefined }));
    const id = await ada.directWith(bob);
    await Promise.all([ada.open(id), bob.open(id)]);
    await link.cut();
    const strip = bob.page.locator('[data-offline-strip]');
    await expect(strip).toContainText('Leave this tab open until then: this browser stores nothing');
    for (const text of ['One', 'Two']) await bob.say(text);
    await bob.composer.fill('And a draft');
    const asked = bob.page.waitForEvent('dialog');
    await bob.page.close({ runBeforeUnload: true });
    const question = await asked;
    expect(question.type()).toBe('beforeunload');
    await question.dismiss();
    await link.mend();
    await bob.isConnected();
    for (const text of ['One', 'Two']) await expect(ada.row(text)).toBeVisible();
    expect((await ada.history(id)).map(({ content }) => content)).toEqual(['One', 'Two']);
    await expect(bob.composer).toHaveValue('And a draft');
  });

  test('without Web Locks two tabs send the messages that both hold once, and in order', async ({ person, link }) => {
    const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin', { baseURL: link.url })];
    await bob.page.context().addInitScript(() => Object.defineProperty(navigator, 'locks', { value: undefined }));
    const id = await ada.directWith(bob);
    const other = await bob.tab();
    await Promise.all([ada.open(id), bob.open(id), other.open(id)]);
    await link.cut();
    const written = ['One', 'Two', 'Three', 'Four'];
    for (const text of written) await bob.say(text);
    await expect(other.row('Four')).toBeVisible();
    await link.mend();
    await Promise.all([bob.isConnected(), other.isConnected()]);
    for (const text of written) await expect(ada.row(text)).toBeVisible();
    await expect.poll(async () => (await ada.history(id)).map(({ content }) => content)).toEqual(written);
  });
});

async function chat(ada: Actor, bob: Actor): Promise<void> {
  const id = await bob.directWith(ada);
  await bob.send(id, 'Good morning');
  await Promise.all([ada.open(id), bob.open(id)]);
  await expect(ada.row('Good morning')).toBeVisible();
  await ada.say('Hello from an odd one');
  await expect(bob.row('Hello from an odd one')).toBeVisible();
  await bob.say('Hello back');
  await expect(ada.row('Hello back')).toBeVisible();
  await ada.page.reload();
  await ada.isConnected();
  for (const text of ['Good morning', 'Hello from an odd one', 'Hello back']) await expect(ada.row(text)).toBeVisible();
}
