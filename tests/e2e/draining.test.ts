import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { setInterval as every } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { Actor } from '@/tests/e2e/support/actor';
import { atNode, expect, networkErrors, test } from '@/tests/e2e/support/fixtures';
import { type Cluster, startCluster } from '@/tests/support/cluster';

// Two nodes behind nginx are stopped one after the other, as in an upgrade.

test.use({ tolerated: networkErrors });

let cluster: Cluster;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  cluster = await startCluster({ host: 'localhost' });
});

test.afterAll(async () => {
  await cluster?.stop();
  await mkdir('test-results', { recursive: true });
  await writeFile('test-results/draining.log', cluster.output());
});

interface Seen {
  connection: string[];
  strips: number;
  statuses: string[];
  typing: string[];
  /** the time at which each row first appeared, in order, ms */
  rows: [text: string, at: number][];
  doubled: string[];
}

declare global {
  interface Window {
    seen?: Seen;
  }
}

/** From now on records every row that this page shows, however briefly. */
async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: Seen = { connection: [], strips: 0, statuses: [], typing: [], rows: [], doubled: [] };
    window.seen = seen;
    const texts = new Set<string>();
    const last = (list: string[], value: string | null | undefined) => {
      if (value != null && list.at(-1) !== value) list.push(value);
    };
    const look = () => {
      last(seen.connection, document.querySelector('[data-connection]')?.getAttribute('data-connection'));
      last(seen.statuses, document.querySelector('nav [data-status]')?.getAttribute('data-status'));
      last(seen.typing, document.querySelector('[data-testid="typing"]')?.textContent);
      seen.strips += document.querySelectorAll('[data-offline-strip]').length;
      const shown = [...document.querySelectorAll('[data-testid="message-text"]')].map((row) => row.textContent ?? '');
      for (const text of shown) if (!texts.has(text)) seen.rows.push([text, performance.now()]);
      for (const text of shown) texts.add(text);
      seen.doubled.push(...shown.filter((text, index) => shown.indexOf(text) !== index));
    };
    look();
    new MutationObserver(look).observe(document.body, {
      ...{ subtree: true, childList: true, characterData: true },
      attributeFilter: ['data-connection', 'data-status'],
    });
  });
}

const seenBy = async ({ page }: Actor) => (await page.evaluate(() => window.seen)) as Seen;

/** Sends a message every 100 ms by REST until the work is done. @returns the texts */
async function whileWriting(author: Actor, conversationId: string, work: () => Promise<void>): Promise<string[]> {
  const written: string[] = [];
  let going = true;
  const writing = (async () => {
    for await (const _ of every(100)) {
      if (!going) return;
      const content = `Number ${written.length + 1} ${randomUUID().slice(0, 4)}`;
      await author.send(conversationId, content);
      written.push(content);
    }
  })();
  await work();
  going = false;
  await writing;
  return written;
}

/** The number of messages that this node has stored since its start. */
async function storedAt(node: 0 | 1): Promise<number> {
  const text = await cluster.nodes[node].metrics();
  return Number(/^parley_messages_total\{outcome="stored"\} (\d+)$/m.exec(text)?.[1] ?? 0);
}

/** People notice a longer gap than this at ten messages a second. */
const gapMs = 1_500;

const handedOver = 'a node that is told to stop hands its people over: nobody sees it, and nothing is lost or shown twice';

// Measures delays as people see them, so no other test runs at the same time.
test(handedOver, { tag: '@alone' }, async ({ person }) => {
  test.setTimeout(180_000);
  const options = { baseURL: cluster.origin };
  const [ada, bob, cleo] = [
    await person('Ada Lovelace', options),
    await person('Bob Martin', options),
    await person('Cleo Rivera', options),
  ];
  await atNode(ada.page.context(), 0);
  await atNode(bob.page.context(), 1);
  const id = await ada.directWith(bob);
  const busy = await ada.group('Ticker', [bob, cleo]);
  await Promise.all([ada.open(id), bob.open(id)]);
  await ada.say('Hello Bob');
  await expect(bob.row('Hello Bob')).toBeVisible();
  const second = await bob.tab();
  await second.open(busy);
  await Promise.all([ada, bob, second].map(({ page }) => watch(page)));
  const written: string[] = [];
  for (const node of [0, 1] as const) {
    written.push(
      ...(await whileWriting(cleo, busy, async () => {
        await ada.composer.pressSequentially('typing on ');
        await Promise.all([
          cluster.nodes[node].down(),
          ada.composer.pressSequentially('and on and on, through it all. ', { delay: 100 }),
        ]);
        await cluster.nodes[node].up();
        // nginx retries on the other node, and messages are stored there.
        await expect.poll(() => storedAt(node)).toBeGreaterThan(0);
        // She noticed an interruption.
        await expect(bob.page.getByTestId('typing')).toHaveText('');
      })),
    );
  }
  await expect(second.row(written.at(-1) ?? '')).toBeVisible();
  const [ticker, direct] = [await seenBy(second), await seenBy(bob)];
  expect(ticker.rows.map(([text]) => text).toSorted()).toEqual(written.toSorted());
  expect(ticker.doubled).toEqual([]);
  const gaps = ticker.rows.slice(1).map(([, at], index) => at - (ticker.rows[index]?.[1] ?? 0));
  process.stdout.write(`draining: the longest silence in ten messages a second was ${Math.round(Math.max(...gaps))} ms\n`);
  expect(Math.max(...gaps)).toBeLessThan(gapMs);
  for (const seen of [ticker, direct, await seenBy(ada)]) {
    expect(seen.connection).toEqual(['connected']);
    expect(seen.strips).toBe(0);
  }
  expect(direct.statuses, 'how Ada looked to Bob').toEqual(['online']);
  // That was the only interruption.
  expect(direct.typing.filter(Boolean), 'that Ada typed').toEqual(['Ada Lovelace is typing…', 'Ada Lovelace is typing…']);
});
