import { readFileSync } from 'node:fs';
import type { Actor } from '@/tests/e2e/support/actor';
import { expect, test } from '@/tests/e2e/support/fixtures';
import { hostileTexts } from '@/tests/support/hostile-texts';

/** The height of everything, and where each row begins. */
const layoutOf = ({ rows }: Actor) =>
  rows.evaluateAll((all) => all.map((row) => [(row as HTMLElement).offsetTop, (row as HTMLElement).offsetHeight]));

test('no text takes the page from others: it opens, is read, and live tabs go on', async ({ couple }) => {
  const { ada, bob, id } = await couple();
  for (const text of Object.values(hostileTexts)) {
    await ada.send(id, text);
    await ada.send(id, `Behind ${text.slice(0, 12)}`);
  }
  await bob.say('I am still here');
  await expect(ada.row('I am still here')).toBeVisible();
  for (const [readers, one] of [ada, bob].entries()) {
    const page = await one.page.goto(`/c/${id}`);
    expect(page?.status()).toBe(200);
    await one.isConnected();
    await expect(one.rows).toHaveCount(2 * Object.keys(hostileTexts).length + 1 + readers);
    await expect(one.page.getByText('could not be shown')).toHaveCount(0);
    await one.say(`${one.name} reads on`);
    await expect(one.row(`${one.name} reads on`)).toBeVisible();
  }
  for (const [what, text] of Object.entries(hostileTexts)) {
    const row = bob.rows.filter({ hasText: text.slice(0, 20).split('\n')[0] }).first();
    await expect(row, what).toBeAttached();
  }
  await ada.page.goto('/');
  await expect(ada.composer, 'the way home leads back to a page that works').toBeVisible();
});

const code = readFileSync('lib/domain/messages/schema.ts', 'utf8').slice(0, 3_000);

test('code is coloured in the browser, when it is looked at, and nothing moves', async ({ couple }) => {
  const { bob, id } = await couple();
  await bob.send(id, `\`\`\`ts\n${code}\n\`\`\``);
  await bob.send(id, '```klingon\nlet a = 1\n```');
  await bob.sendMany(id, 30);
  const html = await (await bob.page.context().request.get(`/c/${id}`)).text();
  expect(html).toContain('export interface Message');
  expect(html, 'the server colours nothing').not.toContain('hljs-');

  await bob.open(id);
  await expect(bob.row('Message 30')).toBeInViewport();
  expect(bob.page.workers(), 'nor is the highlighter loaded before there is something for it').toEqual([]);
  const before = await layoutOf(bob);
  await bob.rows.first().scrollIntoViewIfNeeded();
  await expect(bob.rows.first().locator('.hljs-keyword').first()).toHaveText('import');
  expect(bob.page.workers()).toHaveLength(1);
  expect(await layoutOf(bob)).toEqual(before);
  await expect(bob.rows.first().locator('pre')).toHaveText(code.trim(), { useInnerText: true });
  await expect(bob.rows.nth(1).locator('pre span')).toHaveCount(0);
});

test('code that takes the highlighter too long stays without colours, and what comes behind it has its own', async ({
  couple,
}) => {
  const { ada, bob, id } = await couple();
  await ada.send(id, `\`\`\`arduino\n${'select '.repeat(1_100)}\n\`\`\``);
  await ada.send(id, '```js\nconst answer = 42\n```');
  await bob.open(id);
  await expect(bob.rows.nth(1).locator('.hljs-keyword')).toHaveText('const', { timeout: 20_000 });
  await bob.say('The page answers meanwhile');
  await expect(ada.row('The page answers meanwhile')).toBeVisible();
});
