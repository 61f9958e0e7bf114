import type { Locator } from '@playwright/test';
import { expect, test } from '@/tests/e2e/support/fixtures';
import { expectNothingSideways } from '@/tests/e2e/support/layout';

const colourOf = (part: Locator) => part.evaluate((element) => getComputedStyle(element).color);

test('markdown is rendered on both screens, with its code highlighted, and copies out clean', async ({ couple }) => {
  const { ada, bob } = await couple();
  await bob.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await ada.composer.fill(
    'This is **bold**, _leaning_ and `inline`.\n\n```js\nconst answer = 42; // known\n```\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |',
  );
  await ada.composer.press('Enter');
  for (const { rows } of [ada, bob]) {
    await expect(rows.locator('strong')).toHaveText('bold');
    await expect(rows.locator('em')).toHaveText('leaning');
    await expect(rows.locator('p > code')).toHaveText('inline');
    await expect(rows.getByRole('listitem')).toHaveText(['one', 'two']);
    await expect(rows.getByRole('cell')).toHaveText(['1', '2']);
    await expect(rows.locator('pre .hljs-keyword')).toHaveText('const');
  }
  const plain = await colourOf(bob.rows.locator('pre code'));
  for (const part of ['keyword', 'number', 'comment'])
    expect(await colourOf(bob.rows.locator(`pre .hljs-${part}`)), part).not.toBe(plain);
  await bob.rows.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(bob.rows.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await bob.page.evaluate(() => navigator.clipboard.readText())).toBe('const answer = 42; // known');
});

test('shortcuts, the formatting bar and the emoji picker insert at the caret', async ({ couple }) => {
  const { ada, bob } = await couple();
  await ada.composer.fill('important');
  await ada.composer.press('Control+a');
  await ada.composer.press('Control+b');
  await expect(ada.composer).toHaveValue('**important**');
  await ada.composer.press('Control+b');
  await expect(ada.composer).toHaveValue('important');
  await ada.page.getByRole('button', { name: 'Formatting', exact: true }).click();
  await ada.page.getByRole('toolbar', { name: 'Formatting' }).getByRole('button', { name: 'Code' }).click();
  await expect(ada.composer).toHaveValue('`important`');
  await ada.composer.press('End');
  await ada.page.getByRole('button', { name: 'Emoji', exact: true }).click();
  await ada.page.getByRole('searchbox', { name: 'Search emoji' }).fill('rocket');
  await ada.page.getByRole('gridcell', { name: 'Rocket', exact: true }).click();
  await expect(ada.composer).toHaveValue('`important`🚀');
  await expect(ada.composer).toBeFocused();
  await ada.page.keyboard.press('Enter');
  await expect(bob.rows.locator('code')).toHaveText('important');
});

test('links send no referrer, and lead only to web addresses', async ({ couple }) => {
  const { ada, bob } = await couple('bob');
  await ada.send(
    await ada.directWith(bob),
    '[safe](https://example.org/) [script](javascript:alert(1)) ![pic](https://example.org/a.png)',
  );
  const links = bob.rows.getByRole('link');
  await expect(links.filter({ hasText: 'safe' })).toHaveAttribute('rel', /noopener.*noreferrer/);
  await expect(links.filter({ hasText: 'script' })).toHaveCount(0);
  await expect(bob.rows.getByRole('img', { name: 'pic' }), 'nothing is loaded from elsewhere by looking at it').toHaveCount(0);
  await expect(links.filter({ hasText: 'pic' })).toHaveAttribute('href', 'https://example.org/a.png');
});

const odd = {
  markup: '<script>window.broken = true</script><img src="x" onerror="window.broken = true"><style>* { color: red }</style>',
  'right to left override': '\u202Egnp.exe is what it says, ‮and goes on',
  'Hebrew and English': 'שלום, this is mixed: עולם!',
  'a word without an end': 'a'.repeat(4_000),
  'an address without an end': `https://example.org/${'path'.repeat(500)}`,
  '8,000 emoji': '😀'.repeat(8_000),
  'stacked accents': `Z${'\u0301\u0302\u0303'.repeat(80)}`,
};

test('odd text shows as typed, inert, and inside its own row', async ({ couple }) => {
  const { ada, bob, id } = await couple('bob');
  for (const text of Object.values(odd)) await ada.send(id, text);
  await expect(bob.rows).toHaveCount(Object.keys(odd).length);
  for (const [what, text] of Object.entries(odd)) {
    const row = bob.rows.filter({ hasText: text.slice(0, 40) });
    await expect(row.getByTestId('message-text'), what).toHaveText(text, { useInnerText: true });
    await expect(row.locator('script, style, img[src="x"]'), what).toHaveCount(0);
    const [outer, inner] = [await row.boundingBox(), await row.getByTestId('message-text').boundingBox()];
    if (!outer || !inner) throw new Error(`${what} is not on screen`);
    expect(inner.x, what).toBeGreaterThanOrEqual(outer.x);
    expect(inner.x + inner.width, what).toBeLessThanOrEqual(outer.x + outer.width);
    expect(inner.y + inner.height, what).toBeLessThanOrEqual(outer.y + outer.height);
  }
  expect(await bob.page.evaluate(() => 'broken' in window)).toBe(false);
  await expectNothingSideways(bob.page, 'odd text at 1440');
  await bob.page.setViewportSize({ width: 390, height: 844 });
  await expectNothingSideways(bob.page, 'odd text at 390');
  await bob.page.goto('/');
  await expectNothingSideways(bob.page, 'odd text in the list');
});
