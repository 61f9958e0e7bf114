import type { Locator } from '@playwright/test';
import type { Actor } from '@/tests/e2e/support/actor';
import { expect, test } from '@/tests/e2e/support/fixtures';

/** More messages than the document holds at once, and fewer than a page of history. */
const written = 48;

/** Sends messages of several lines each. */
async function write(actor: Actor, conversationId: string): Promise<void> {
  const lines = 'Somebody who writes at length. '.repeat(24);
  for (let n = 1; n <= written; n += 1) await actor.send(conversationId, `**Message ${n}**\n\n${lines}`);
}

const styleOf = (locator: Locator, name: string) =>
  locator.evaluate((element, property) => getComputedStyle(element).getPropertyValue(property), name);

test('all loaded messages are printed, and printing marks none as read', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  const id = await ada.directWith(bob);
  await write(ada, id);
  await bob.open(id);
  await expect(bob.row('Message 1')).toBeVisible();
  await expect.poll(() => bob.unread(id)).toBeLessThan(written);
  const [unread, shown] = [await bob.unread(id), await bob.rows.count()];
  expect(shown, 'the premise: the document does not hold all').toBeLessThan(written);
  expect(unread, 'the premise: not all are read').toBeGreaterThan(0);
  await bob.page.evaluate(() => {
    const count = () => document.body.setAttribute('data-printed', String(document.querySelectorAll('article').length));
    window.addEventListener('beforeprint', count);
  });

  const pdf = await bob.page.pdf();
  await expect(bob.page.locator('body')).toHaveAttribute('data-printed', String(written));
  const pages = pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;
  expect(pages, 'pages of paper').toBeGreaterThan(5);
  await expect(bob.rows, 'afterwards the document holds what it held').toHaveCount(shown);
  expect(await bob.unread(id)).toBe(unread);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the printout from the ${colorScheme} theme is black on white, complete, and without the frame`, async ({ person }) => {
    const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin', { colorScheme })];
    const id = await ada.directWith(bob);
    await write(ada, id);
    await bob.open(id);
    await expect(bob.row('Message 1')).toBeVisible();
    await bob.page.emulateMedia({ colorScheme, media: 'print' });
    await expect(bob.row(`Message ${written}`)).toBeVisible();

    const frame = [bob.composer, bob.list, bob.page.getByRole('button', { name: 'Details' })];
    for (const hidden of frame) await expect(hidden).toBeHidden();
    await expect(bob.page.getByRole('heading', { name: 'Ada Lovelace' })).toBeVisible();
    const last = bob.row(`Message ${written}`);
    await expect(last.locator('time').first()).toHaveCSS('opacity', '1');
    expect(await styleOf(last.getByText(`Message ${written}`, { exact: true }), 'color')).toBe('rgb(0, 0, 0)');
    expect(await styleOf(bob.page.locator('body'), 'background-color')).toBe('rgb(255, 255, 255)');
    const cut = await last.evaluate((row) => {
      const found: string[] = [];
      for (let element = row.parentElement; element; element = element.parentElement) {
        const { overflowY, height } = getComputedStyle(element);
        if (overflowY !== 'visible' || element.scrollHeight > Number.parseFloat(height) + 1)
          found.push(`${overflowY} ${height} ${element.scrollHeight} ${element.outerHTML.slice(0, 80)}`);
      }
      return found;
    });
    expect(cut, 'what would cut the messages off').toEqual([]);
  });
}
