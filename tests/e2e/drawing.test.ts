import { readFileSync } from 'node:fs';
import type { Actor } from '@/tests/e2e/support/actor';
import { expect, test } from '@/tests/e2e/support/fixtures';
import { hostileTexts } from '@/tests/support/hostile-texts';

/** The total height, and the position of each row. */
const layoutOf = ({ rows }: Actor) =>
  rows.evaluateAll((all) => all.map((row) => [(row as HTMLElement).offsetTop, (row as HTMLElement).offsetHeight]));

/** The numbers of the rendered messages, and any error placeholders, while scrolling from the newest to the oldest. */
const drawnOnTheWayUp = ({ timeline }: Actor) =>
  timeline.evaluate(async (log) => {
    const drawn = new Set<number>();
    const undrawn = new Set<string>();
    const frame = () => new Promise(requestAnimationFrame);
    log.scrollTop = 0;
    for (;;) {
      // One frame to scroll, and one for the new rows.
      await frame();
      await frame();
      for (const row of log.querySelectorAll<HTMLElement>('article[data-seq]')) {
        drawn.add(Number(row.dataset.seq));
        if (row.textContent.includes('could not be shown')) undrawn.add(row.textContent);
      }
      if (log.clientHeight - log.scrollTop >= log.scrollHeight - 1) break;
      log.scrollTop -= log.clientHeight - 100;
    }
    return { drawn: [...drawn].sort((one, other) => one - other), undrawn: [...undrawn] };
  });

test('no text breaks the page for others: it opens, can be read, and live tabs continue', async ({ couple }) => {
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
    // Fewer steps, and so fewer frames.
    await one.page.setViewportSize({ width: 1440, height: 3_000 });
    const count = 2 * Object.keys(hostileTexts).length + 1 + readers;
    await expect(one.row(readers === 0 ? 'I am still here' : `${ada.name} reads on`)).toBeVisible();
    expect(await drawnOnTheWayUp(one)).toEqual({ drawn: Array.from({ length: count }, (_, index) => index + 1), undrawn: [] });
    await one.page.setViewportSize({ width: 1440, height: 900 });
    await one.say(`${one.name} reads on`);
    await expect(one.row(`${one.name} reads on`)).toBeVisible();
  }
  await ada.page.goto('/');
  await expect(ada.composer, 'the way home leads back to a page that works').toBeVisible();
});

async function highlightersOf({ page }: Actor): Promise<number> {
  const names = await Promise.all(page.workers().map((worker) => worker.evaluate(() => self.name)));
  return names.filter((name) => name === 'highlight').length;
}

const code = readFileSync('lib/domain/messages/schema.ts', 'utf8').slice(0, 3_000);

test('the browser colours code when it comes into view, and nothing moves', async ({ couple }) => {
  const { bob, id } = await couple('bob');
  await bob.send(id, `\`\`\`ts\n${code}\n\`\`\``);
  await bob.send(id, '```klingon\nlet a = 1\n```');
  await bob.sendMany(id, 30);
  const html = await (await bob.page.context().request.get(`/c/${id}`)).text();
  expect(html).toContain('export type MessageType');
  expect(html, 'the server colours nothing').not.toContain('hljs-');

  await bob.open(id);
  await expect(bob.row('Message 30')).toBeInViewport();
  expect(await highlightersOf(bob), 'nor is the highlighter loaded before there is something for it').toBe(0);
  const before = await layoutOf(bob);
  await bob.rows.first().scrollIntoViewIfNeeded();
  await expect(bob.rows.first().locator('.hljs-keyword').first()).toHaveText('import');
  expect(await highlightersOf(bob)).toBe(1);
  expect(await layoutOf(bob)).toEqual(before);
  await expect(bob.rows.first().locator('pre')).toHaveText(code.trim(), { useInnerText: true });
  await expect(bob.rows.nth(1).locator('pre span')).toHaveCount(0);
});

test('code that takes the highlighter too long stays plain, and later code is coloured', async ({ couple }) => {
  const { ada, bob, id } = await couple();
  await ada.send(id, `\`\`\`arduino\n${'select '.repeat(1_100)}\n\`\`\``);
  await ada.send(id, '```js\nconst answer = 42\n```');
  await bob.open(id);
  await expect(bob.rows.nth(1).locator('.hljs-keyword')).toHaveText('const', { timeout: 20_000 });
  await bob.say('The page answers meanwhile');
  await expect(ada.row('The page answers meanwhile')).toBeVisible();
});
