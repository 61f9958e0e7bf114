import type { Locator, Page } from '@playwright/test';
import { Actor } from '@/tests/e2e/support/actor';
import { expect, test } from '@/tests/e2e/support/fixtures';

/** Presses the key until the element has the focus. */
async function walkTo(page: Page, key: string, target: Locator, most = 40): Promise<void> {
  for (let step = 0; step < most; step += 1) {
    if ((await target.count()) > 0 && (await target.evaluate((element) => element === document.activeElement))) return;
    await page.keyboard.press(key);
  }
  await expect(target, `within ${most} times ${key}`).toBeFocused();
}

/** An element with the focus looks different from one without: itself, its surroundings, or its outline. */
async function focusShows(page: Page): Promise<{ what: string; shows: boolean }> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const look = () => {
      const around = [element, element.parentElement, element.parentElement?.parentElement, element.closest('label, div')];
      const styles = around.flatMap((one) => (one ? [getComputedStyle(one), getComputedStyle(one, '::after')] : []));
      return styles.map((s) => `${s.outline} ${s.boxShadow} ${s.borderColor} ${s.backgroundColor} ${s.width}`).join('|');
    };
    for (const animation of document.getAnimations()) animation.finish();
    const focused = look();
    element.blur();
    for (const animation of document.getAnimations()) animation.finish();
    const shows = look() !== focused;
    element.focus({ preventScroll: true });
    return { what: element.outerHTML.slice(0, 140), shows };
  });
}

test('a person signs in, opens a conversation, writes, reacts and replies by keyboard alone', async ({ person, visitor }) => {
  const ada = await person('Ada Lovelace');
  const bob = await person('Bob Martin');
  const id = await ada.group('Keyboards', [bob]);
  await ada.send(id, 'Who needs a mouse?');
  const page = await visitor();
  const { keyboard } = page;
  await page.goto('/sign-in');
  await expect(page.getByLabel('E-mail')).toBeFocused();
  await keyboard.type(bob.account.email);
  await keyboard.press('Tab');
  await keyboard.type(bob.account.password);
  await keyboard.press('Enter');
  const me = new Actor(page, bob.account);
  await me.isConnected();

  await keyboard.press('Control+k');
  await keyboard.type('keyb');
  await expect(me.dialog.getByRole('option').first()).toContainText('Keyboards');
  await keyboard.press('Enter');
  await expect(me.composer).toBeFocused();
  await keyboard.type('Not me');
  await keyboard.press('Enter');
  await expect(me.row('Not me')).toBeVisible();

  await walkTo(page, 'Shift+Tab', me.timeline);
  await keyboard.press('ArrowUp');
  await expect(me.row('Not me')).toBeFocused();
  await keyboard.press('ArrowUp');
  await expect(me.row('Who needs a mouse?')).toBeFocused();
  await walkTo(page, 'Tab', me.row('Who needs a mouse?').getByRole('button', { name: 'React with 👍' }));
  await keyboard.press('Enter');
  await expect(me.row('Who needs a mouse?').getByRole('button', { name: '👍, 1' })).toBeVisible();
  await walkTo(page, 'Tab', me.row('Who needs a mouse?').getByRole('button', { name: 'React', exact: true }));
  await keyboard.press('Enter');
  await expect(page.getByRole('searchbox', { name: 'Search emoji' })).toBeFocused();
  await keyboard.type('party popper');
  await expect(page.getByRole('gridcell')).toHaveCount(1);
  await keyboard.press('Enter');
  await expect(me.row('Who needs a mouse?').getByRole('button', { name: '🎉, 1' })).toBeVisible();

  await walkTo(page, 'Tab', me.row('Who needs a mouse?').getByRole('button', { name: 'Reply' }));
  await keyboard.press('Enter');
  await expect(page.getByText('Reply to Ada Lovelace')).toBeVisible();
  await expect(me.composer).toBeFocused();
  await keyboard.type('Nobody');
  await keyboard.press('Enter');
  await expect(me.row('Nobody').getByRole('button', { name: 'In reply to Ada Lovelace' })).toBeVisible();
  await expect(me.composer).toBeFocused();
});

test('arrow keys move along conversations and messages, and Escape leads back to the composer', {
  tag: '@one-browser',
}, async ({ person }) => {
  const ada = await person('Ada Lovelace');
  const first = await ada.group('First', []);
  const second = await ada.group('Second', []);
  await ada.sendMany(first, 3);
  await ada.open(first);
  const { keyboard } = ada.page;
  const isOpen = async (name: string, id: string) => {
    await expect(ada.page).toHaveURL(`/c/${id}`);
    await expect(ada.listed(name)).toHaveAttribute('aria-current', 'page');
  };
  await keyboard.press('Alt+ArrowDown');
  await isOpen('Second', second);
  await keyboard.press('Alt+ArrowUp');
  await isOpen('First', first);
  await walkTo(ada.page, 'Shift+Tab', ada.listed('First'));
  await keyboard.press('ArrowDown');
  await expect(ada.listed('Second')).toBeFocused();
  await keyboard.press('Enter');
  await isOpen('Second', second);
  await keyboard.press('Alt+ArrowUp');
  await expect(ada.row('Message 1')).toBeVisible();
  await expect(ada.composer).toBeFocused();
  await walkTo(ada.page, 'Shift+Tab', ada.timeline);
  await keyboard.press('Home');
  await expect(ada.row('Message 1')).toBeFocused();
  await keyboard.press('ArrowDown');
  await expect(ada.row('Message 2')).toBeFocused();
  await keyboard.press('Escape');
  await expect(ada.composer).toBeFocused();
});

test('an open dialog traps the focus, and returns it when it closes', { tag: '@one-browser' }, async ({ person }) => {
  const ada = await person('Ada Lovelace');
  await ada.open(await ada.group('Anything', []));
  for (const name of ['New message', 'New group', 'Browse public groups']) {
    const opener = ada.page.getByRole('button', { name, exact: true });
    await opener.focus();
    await ada.page.keyboard.press('Enter');
    await expect(ada.dialog).toBeVisible();
    for (let step = 0; step < 12; step += 1) {
      await ada.page.keyboard.press('Tab');
      await expect(ada.dialog.locator(':focus'), `${name}, step ${step}`).toHaveCount(1);
    }
    await ada.page.keyboard.press('Escape');
    await expect(ada.dialog).toHaveCount(0);
    await expect(opener, name).toBeFocused();
  }
});

test('every element that Tab reaches shows its focus', { tag: '@one-browser' }, async ({ person }) => {
  const ada = await person('Ada Lovelace');
  const id = await ada.group('Visible', []);
  await ada.send(id, 'A message with a [link](https://example.org) and\n```js\nlet code;\n```');
  for (const path of [`/c/${id}`, '/settings']) {
    await ada.visit(path);
    const hidden: string[] = [];
    for (let step = 0; step < 24; step += 1) {
      await ada.page.keyboard.press('Tab');
      const { what, shows } = await focusShows(ada.page);
      if (!shows && !what.startsWith('<body')) hidden.push(what);
    }
    expect(hidden, path).toEqual([]);
  }
});
