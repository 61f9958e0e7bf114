import type { Page } from '@playwright/test';
import sharp from 'sharp';
import type { Actor } from '@/tests/e2e/support/actor';
import { choose } from '@/tests/e2e/support/carried';
import { expect, test } from '@/tests/e2e/support/fixtures';
import { phone } from '@/tests/e2e/support/phone';

const panel = ({ page }: Actor) => page.getByRole('complementary', { name: 'Details' });
const button = ({ page }: Actor, name: string) => page.getByRole('button', { name, exact: true });
const picture = () =>
  sharp({ create: { width: 640, height: 400, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));

/** On a phone `/` is the list; elsewhere it opens the newest conversation. */
const homeOf = (options: object) => (options === phone ? '/' : '/settings');

/** A group, opened from the list, so that Back has a previous page. */
async function inGroup(person: (name?: string, options?: object) => Promise<Actor>, options = {}) {
  const [ada, bob] = [await person('Ada Lovelace', options), await person('Bob Martin')];
  const id = await ada.group('Travellers', [bob]);
  await ada.send(id, 'Hello');
  await ada.visit(homeOf(options));
  await ada.listed('Travellers').click();
  await expect(ada.composer).toBeVisible();
  return { ada, bob, id };
}

/** Everything that opens over a conversation, with the element that had the focus before. */
const layers: [
  what: string,
  opener: string,
  open: (ada: Actor) => Promise<void>,
  shown: (ada: Actor) => ReturnType<Page['getByRole']>,
][] = [
  ['the details', 'Details', (ada) => button(ada, 'Details').click(), panel],
  [
    'the emoji picker',
    'Emoji',
    (ada) => button(ada, 'Emoji').click(),
    (ada) => ada.page.getByRole('dialog', { name: 'Emoji' }),
  ],
  [
    'the menu of a message',
    'More actions',
    async (ada) => {
      await ada.row('Hello').hover();
      await ada.row('Hello').getByRole('button', { name: 'More actions' }).click();
    },
    (ada) => ada.page.getByRole('menu'),
  ],
  [
    'the question before something is deleted',
    'More actions',
    (ada) => ada.choose('Hello', 'Delete'),
    (ada) => ada.page.getByRole('dialog', { name: 'Delete this message?' }),
  ],
  [
    'the palette',
    '',
    async (ada) => {
      await ada.composer.focus();
      await ada.page.keyboard.press('ControlOrMeta+k');
    },
    (ada) => ada.page.getByRole('dialog', { name: 'Go to' }),
  ],
];

for (const [device, options] of [
  ['on a phone', phone],
  ['on a desktop', {}],
] as const)
  test(`Back closes the last opened layer, and then leaves, ${device}`, async ({ person }) => {
    const { ada, id } = await inGroup(person, options);
    const asked: string[] = [];
    ada.page.on('request', (request) => {
      if (request.resourceType() === 'document' || request.headers().rsc) asked.push(request.url());
    });
    for (const [what, opener, open, shown] of layers) {
      const length = await ada.page.evaluate(() => history.length);
      await open(ada);
      await expect(shown(ada), what).toBeVisible();
      await ada.page.goBack();
      await expect(shown(ada), what).toHaveCount(0);
      await expect(ada.page, what).toHaveURL(`/c/${id}`);
      if (opener) await expect.poll(() => focused(ada.page), what).toBe(opener);
      else await expect(ada.composer, what).toBeFocused();
      // Forward opens nothing, and leaves no history entry that a Back would be wasted on.
      await ada.page.goForward();
      await expect.poll(() => ada.page.evaluate(() => history.state?.parleyLayers ?? 0), what).toBe(0);
      await expect(shown(ada), what).toHaveCount(0);
      // Closing it in the usual way removes its history entry.
      await open(ada);
      await expect(shown(ada), what).toBeVisible();
      await expect.poll(() => ada.page.evaluate(() => history.state?.parleyLayers), what).toBe(1);
      if (what === 'the details') await button(ada, 'Close details').click();
      else await ada.page.keyboard.press('Escape');
      await expect(shown(ada), what).toHaveCount(0);
      await expect.poll(() => ada.page.evaluate(() => history.state?.parleyLayers ?? 0), what).toBe(0);
      expect(await ada.page.evaluate(() => history.length), what).toBeLessThanOrEqual(length + 1);
    }
    await ada.page.goBack();
    await expect(ada.page).toHaveURL(homeOf(options));
    await expect(ada.list).toBeVisible();
    expect(asked, 'the server is asked for no page').toEqual([]);
  });

test('Back closes a picture and keeps the conversation, on a phone', async ({ person }) => {
  const { ada, id } = await inGroup(person, phone);
  await choose(ada, [{ name: 'red.png', mimeType: 'image/png', buffer: await picture() }]);
  await button(ada, 'Send').click();
  // What opens while its message is still being sent may close when the ack arrives.
  await expect(ada.rows.last()).not.toHaveAttribute('data-seq', 'Infinity');
  const thumbnail = ada.rows.last().locator('[data-image]');
  await thumbnail.click();
  await expect(ada.dialog).toBeVisible();
  await ada.page.goBack();
  await expect(ada.dialog).toHaveCount(0);
  await expect(ada.page).toHaveURL(`/c/${id}`);
  await expect(thumbnail).toBeFocused();
  await ada.page.goBack();
  await expect(ada.list).toBeVisible();
});

test('Back closes the topmost layer first', async ({ person }) => {
  const { ada, id } = await inGroup(person, phone);
  await button(ada, 'Details').click();
  for (const name of ['Edit group', 'Add people', 'Leave group']) {
    await panel(ada).getByRole('button', { name }).click();
    await expect(ada.dialog, name).toBeVisible();
    await ada.page.goBack();
    await expect(ada.dialog, name).toHaveCount(0);
    await expect(panel(ada), name).toBeVisible();
    await expect(panel(ada).getByRole('button', { name }), name).toBeFocused();
  }
  await ada.page.goBack();
  await expect(panel(ada)).toHaveCount(0);
  await expect(ada.page).toHaveURL(`/c/${id}`);
});

test('Back closes every dialog of the list', async ({ person }) => {
  const { ada } = await inGroup(person, phone);
  await button(ada, 'Back to the list').click();
  const there = ada.page.url();
  for (const name of ['New message', 'New group', 'Browse public groups']) {
    await button(ada, name).click();
    await expect(ada.dialog, name).toBeVisible();
    await ada.page.goBack();
    await expect(ada.dialog, name).toHaveCount(0);
    expect(ada.page.url(), name).toBe(there);
  }
  await button(ada, 'Ada Lovelace: status and more').click();
  await ada.page.getByRole('menuitem', { name: 'Say what you are up to' }).click();
  await expect(ada.dialog).toBeVisible();
  await ada.page.goBack();
  await expect(ada.dialog).toHaveCount(0);
  expect(ada.page.url()).toBe(there);
  await ada.page.goBack();
  await expect(ada.composer).toBeVisible();
});

test('after leaving an open layer for another page, Back leads to the previous page at once', async ({ person }) => {
  const { ada, bob, id } = await inGroup(person);
  const direct = await ada.directWith(bob);
  await ada.send(direct, 'Good morning');
  await expect(ada.listed('Bob Martin')).toBeVisible();
  // Through the palette, while the details are open.
  await button(ada, 'Details').click();
  await expect(panel(ada)).toBeVisible();
  await ada.page.keyboard.press('ControlOrMeta+k');
  await ada.dialog.getByRole('combobox').or(ada.dialog.getByRole('textbox')).first().fill('Bob');
  await ada.dialog.getByRole('option').filter({ hasText: 'Bob Martin' }).first().click();
  await expect(ada.page).toHaveURL(`/c/${direct}`);
  await expect(panel(ada), 'the panel stays, as it always did').toBeVisible();
  await expect(ada.composer).toHaveAccessibleName('Message Bob Martin');
  await ada.page.goBack();
  await expect(ada.page).toHaveURL(`/c/${id}`);
  await expect(ada.composer).toHaveAccessibleName('Message #Travellers');
  await ada.page.goBack();
  await expect(ada.page).toHaveURL('/settings');
  await expect(ada.composer).toHaveCount(0);
  await ada.page.goForward();
  await expect(ada.composer).toHaveAccessibleName('Message #Travellers');
  await ada.page.goForward();
  await expect(ada.page).toHaveURL(`/c/${direct}`);
  await expect(ada.composer).toHaveAccessibleName('Message Bob Martin');
});

test('a reload while a layer is open loses no Back step', async ({ person }) => {
  const { ada, id } = await inGroup(person, phone);
  await button(ada, 'Details').click();
  await panel(ada).getByRole('button', { name: 'Edit group' }).click();
  await expect(ada.dialog).toBeVisible();
  await expect.poll(() => ada.page.evaluate(() => history.state?.parleyLayers)).toBe(2);
  await ada.page.reload();
  await ada.isConnected();
  await expect(ada.dialog).toHaveCount(0);
  await expect.poll(() => ada.page.evaluate(() => history.state?.parleyLayers ?? 0)).toBe(0);
  await expect(ada.page).toHaveURL(`/c/${id}`);
  await ada.page.goBack();
  await expect(ada.page).toHaveURL('/');
});

test('leaving a group through a dialog leaves no history entry of it', async ({ person }) => {
  const { ada, id } = await inGroup(person, phone);
  await button(ada, 'Details').click();
  await panel(ada).getByRole('button', { name: 'Leave group' }).click();
  await ada.dialog.getByRole('button', { name: 'Leave group' }).click();
  await expect(ada.page).toHaveURL('/');
  await expect(ada.dialog).toHaveCount(0);
  await ada.page.goBack();
  await expect(ada.page).not.toHaveURL(`/c/${id}`);
});
