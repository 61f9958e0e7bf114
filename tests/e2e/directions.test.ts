import type { Locator } from '@playwright/test';
import { expect, test } from '@/tests/e2e/support/fixtures';

/** The horizontal position, from the left, at which a piece of an element's text is painted. */
const leftOf = (element: Locator, piece: string) =>
  element.evaluate((root, wanted) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.textContent?.indexOf(wanted) ?? -1;
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + wanted.length);
      return range.getBoundingClientRect().left;
    }
    throw new Error(`“${wanted}” is not there.`);
  }, piece);

const isolate = (name: string) => `\u2068${name}\u2069`;

test('a name in the other direction leaves the order of its sentence intact', async ({ person }) => {
  const [ada, omar] = [await person('Ada Lovelace'), await person('Omar Hassan')];
  await omar.ask('PATCH', '/api/me', { name: 'عمر حسن' });
  const id = await ada.group('צוות שיווק', [omar]);
  await ada.send(id, 'Welcome');
  await ada.open(id);
  const line = ada.timeline.locator('p', { hasText: 'created the group' });
  await expect(line).toContainText('You created the group “צוות שיווק”');
  const places = [];
  for (const piece of ['You', 'created the group', 'צוות שיווק', '”', ':']) places.push(await leftOf(line, piece));
  expect(places, 'who, what, its name, the quote’s end, the time').toEqual(places.toSorted((a, b) => a - b));

  await expect(ada.composer).toHaveAccessibleName(`Message #${isolate('צוות שיווק')}`);
  await expect(ada.page).toHaveTitle(`Parley · ${isolate('צוות שיווק')}`);
  await omar.open(id);
  await omar.say('Hello');
  await expect(ada.row('Hello')).toHaveAccessibleName(`${isolate('عمر حسن')}, message`);
  await omar.composer.pressSequentially('I am');
  const typing = ada.page.getByTestId('typing');
  await expect(typing).toContainText('عمر حسن is typing…');
  expect(await leftOf(typing, 'عمر')).toBeLessThan(await leftOf(typing, 'is typing'));
  await expect(ada.listed('צוות שיווק')).toContainText('عمر: Hello');
});

test('a text takes the direction of its own words, not of the person it mentions first', async ({ couple }) => {
  const { ada, bob, id } = await couple();
  const text = `@${bob.handle} שלום לכולם, מה שלומכם?`;
  await ada.composer.fill(text);
  await expect(ada.composer).toHaveAttribute('dir', 'rtl');
  await ada.composer.press('Enter');
  for (const { rows } of [ada, bob]) {
    const shown = rows.first().getByTestId('message-text');
    await expect(shown).toHaveText(text);
    await expect(shown).toHaveAttribute('dir', 'rtl');
    // The placeholder of the message is replaced by the sent one.
    await expect(rows.first()).toHaveAttribute('data-seq', '1');
    await expect.poll(() => leftOf(shown, 'שלום')).toBeGreaterThan(0);
    expect(await leftOf(shown, '?')).toBeLessThan(await leftOf(shown, 'שלום'));
    expect(await leftOf(shown, 'שלום')).toBeLessThan(await leftOf(shown, '@'));
  }
  await ada.send(id, 'In English first\n\nואז בעברית: `npm start` עובד!\n\n- עוד\n- and more\n\n> ציטוט');
  const mixed = bob.rows.nth(1).getByTestId('message-text');
  await expect(mixed).toHaveAttribute('dir', 'ltr');
  await expect(mixed.locator('p', { hasText: 'ואז' })).toHaveAttribute('dir', 'rtl');
  await expect(mixed.locator('ul')).toHaveAttribute('dir', 'rtl');
  await expect(mixed.getByRole('listitem').filter({ hasText: 'and more' })).toHaveAttribute('dir', 'ltr');
  await expect(mixed.locator('blockquote')).toHaveAttribute('dir', 'rtl');
  const sentence = mixed.locator('p', { hasText: 'ואז' });
  expect(await leftOf(sentence, '!'), 'code in it draws nothing along').toBeLessThan(await leftOf(sentence, 'עובד'));
  expect(await leftOf(sentence, 'עובד')).toBeLessThan(await leftOf(sentence, 'npm start'));
});
