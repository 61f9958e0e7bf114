import { expectAccessible } from '@/tests/e2e/support/axe';
import { expect, test } from '@/tests/e2e/support/fixtures';
import { expectNothingSideways } from '@/tests/e2e/support/layout';
import { phone } from '@/tests/e2e/support/phone';
import { answerSearches, field, hits, panel, searchFor } from '@/tests/e2e/support/search';

test('what somebody else just wrote is found while typing, lit up, and opened where it stands', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  const id = await ada.group('Engines', [bob]);
  await answerSearches(bob);
  await bob.open(id);
  const found = await ada.send(id, 'The analytical engine weaves algebraic patterns');
  await ada.sendMany(id, 40);
  await expect(bob.row('Message 40')).toBeVisible();

  await searchFor(bob, 'algeb');
  await expect(hits(bob)).toHaveCount(1);
  await expect(hits(bob).locator('mark')).toHaveText('algebraic');
  await expect(panel(bob).getByRole('group', { name: 'Engines' })).toBeVisible();
  await expect(panel(bob).getByRole('status')).toHaveText('1 message');
  await expectAccessible(bob.page, 'the search panel');
  await bob.page.keyboard.press('Enter');
  await expect(bob.page).toHaveURL(`/c/${id}?m=${found.id}`);
  await expect(bob.row(found.content)).toBeInViewport();
  await expect(bob.row(found.content)).toBeFocused();
  // The panel stays open beside the conversation, with the same results.
  await expect(hits(bob)).toHaveCount(1);
  await bob.page.keyboard.press('/');
  await expect(field(bob)).toBeFocused();
  await bob.page.keyboard.press('Escape');
  await expect(panel(bob)).toHaveCount(0);
});

test('what only the server has comes below what the browser found, and nothing moves or shows twice', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  const [near, far] = [await ada.group('Near', [bob]), await ada.group('Far', [bob])];
  const mine = [await ada.send(near, 'copper one'), await ada.send(near, 'copper two')];
  await ada.send(far, 'something else');
  const old = await ada.send(far, 'copper of old');
  await ada.send(far, 'the last word');
  let answer = () => {};
  const after = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await answerSearches(bob, { messages: [old, ...mine], name: 'Far', indexedUntil: '2026-11-26T10:00:00.000Z', after });
  await bob.open(near);
  await expect(bob.row('copper two')).toBeVisible();
  await searchFor(bob, 'copper');
  await expect(hits(bob)).toHaveText([/copper two/, /copper one/]);
  await bob.page.keyboard.press('ArrowDown');
  const selected = panel(bob).locator('[aria-selected="true"]');
  await expect(selected).toContainText('copper one');
  answer();
  await expect(hits(bob)).toHaveText([/copper two/, /copper one/, /copper of old/]);
  await expect(selected).toContainText('copper one');
  await expect(panel(bob)).toContainText('Results up to 26 November 2026');
});

test('filters are completed, become chips, and are taken away again', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  const id = await ada.group('Links', [bob]);
  await ada.send(id, 'from ada: https://parley.test/ada');
  await bob.send(id, 'from bob: https://parley.test/bob');
  await bob.send(id, 'from bob, without any');
  await answerSearches(bob);
  await bob.open(id);
  await expect(bob.rows).toHaveCount(3);
  await searchFor(bob, 'from');
  await expect(hits(bob)).toHaveCount(3);
  await field(bob).pressSequentially(' from:ada');
  await expect(hits(bob).first()).toContainText(ada.handle);
  await bob.page.keyboard.press('Enter');
  await expect(panel(bob).getByRole('button', { name: 'Remove filter: From Ada Lovelace' })).toBeVisible();
  await expect(hits(bob)).toHaveText([/from ada/]);
  await panel(bob).getByRole('button', { name: 'Remove filter: From Ada Lovelace' }).click();
  await expect(hits(bob)).toHaveCount(3);
  await panel(bob).getByRole('button', { name: 'Kind' }).click();
  await bob.page.keyboard.type('link');
  await expect(hits(bob)).toHaveText(['With links']);
  await bob.page.keyboard.press('Enter');
  await expect(hits(bob)).toHaveText([/from bob: /, /from ada: /]);
  await field(bob).fill('');
  await bob.page.keyboard.press('Backspace');
  await expect(panel(bob).getByRole('button', { name: /^Remove filter/ })).toHaveCount(0);
});

test('Ctrl F searches in the open conversation; a second press is the browser’s own', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  const [here, there] = [await ada.group('Here', [bob]), await ada.group('There', [bob])];
  await ada.send(there, 'silver there');
  await ada.send(here, 'silver here');
  await answerSearches(bob);
  await bob.open(here);
  await bob.page.evaluate(() => {
    window.addEventListener('keydown', (event) => {
      if (event.key === 'f') document.body.dataset.taken = `${event.defaultPrevented}`;
      event.preventDefault();
    });
  });
  const taken = bob.page.locator('body');
  await bob.page.keyboard.press('Control+f');
  await expect(taken).toHaveAttribute('data-taken', 'true');
  await expect(panel(bob).getByRole('button', { name: 'Remove filter: In Here' })).toBeVisible();
  await field(bob).fill('silver');
  await expect(hits(bob)).toHaveText([/silver here/]);
  await bob.page.keyboard.press('Control+f');
  await expect(taken).toHaveAttribute('data-taken', 'false');
  await field(bob).fill('gold');
  await expect(panel(bob)).toContainText('No message that you can see has “gold” in it.');
  await panel(bob).getByRole('button', { name: 'Search everywhere' }).click();
  await field(bob).fill('silver');
  await expect(hits(bob)).toHaveCount(2);
});

test('on a phone it is a page of its own, and Back leads to the results where they were', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace', phone), await person('Bob Martin')];
  const id = await bob.group('Trains', [ada]);
  for (let n = 1; n <= 15; n += 1) await bob.send(id, `platform ${n}`);
  await answerSearches(ada);
  await ada.open(id);
  await ada.page.getByRole('button', { name: 'Search in this conversation' }).tap();
  await field(ada).fill('platform');
  await expect(hits(ada)).toHaveCount(15);
  await expectNothingSideways(ada.page, 'search on a phone');
  expect((await panel(ada).boundingBox())?.width).toBe(390);
  await hits(ada).last().scrollIntoViewIfNeeded();
  const before = await hits(ada).last().boundingBox();
  await hits(ada).last().tap();
  await expect(panel(ada)).toHaveCount(0);
  await expect(ada.row('platform 1')).toBeInViewport();
  await ada.page.goBack();
  await expect(hits(ada)).toHaveCount(15);
  await expect.poll(async () => (await hits(ada).last().boundingBox())?.y).toBe(before?.y);
  await ada.page.goBack();
  await expect(panel(ada)).toHaveCount(0);
  await expect(ada.composer).toBeVisible();
});

test('recent searches are kept, and the cheat sheet has every shortcut', async ({ person }) => {
  const ada = await person('Ada Lovelace');
  const id = await ada.group('Alone', []);
  await ada.send(id, 'zinc and tin');
  await answerSearches(ada);
  await ada.open(id);
  await expect(ada.row('zinc and tin')).toBeVisible();
  await searchFor(ada, 'zinc');
  await expect(hits(ada)).toHaveCount(1);
  await ada.page.keyboard.press('Enter');
  await expect(ada.row('zinc and tin')).toBeFocused();
  await ada.page.reload();
  await ada.isConnected();
  await ada.page.keyboard.press('Control+Shift+f');
  await panel(ada).getByRole('button', { name: 'zinc', exact: true }).click();
  await expect(hits(ada)).toHaveCount(1);
  await panel(ada).getByRole('button', { name: 'Close search' }).click();
  await ada.page.locator('h1').first().click();
  await ada.page.keyboard.press('?');
  await expect(ada.dialog.getByText('Search in this conversation')).toBeVisible();
  await expectAccessible(ada.page, 'the cheat sheet');
});

test('the server finds what this browser never had: another form of a word, and a word with a typing error', async ({
  person,
}) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  const id = await ada.group('Archive', [bob]);
  const old = await ada.send(id, 'We were quarrying limestone');
  await ada.sendMany(id, 60);
  await bob.visit();
  await bob.page.keyboard.press('Control+Shift+f');
  const finds = async (typed: string) => {
    await expect(async () => {
      await field(bob).fill('');
      await field(bob).fill(typed);
      await expect(hits(bob)).toHaveText([/quarrying limestone/], { timeout: 2_000 });
    }).toPass();
  };
  await finds('quarries limestone');
  await finds('limestome quarrying');
  await expect(panel(bob)).toContainText('Showing results for');
  await bob.page.keyboard.press('Enter');
  await expect(bob.page).toHaveURL(`/c/${id}?m=${old.id}`);
  await expect(bob.row(old.content)).toBeFocused();
});
