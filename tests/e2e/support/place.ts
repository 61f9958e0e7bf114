import type { Actor } from '@/tests/e2e/support/actor';

declare global {
  interface Window {
    lit?: string[];
  }
}

/** Scrolls the messages with the wheel, and waits until the page has reacted. */
export async function scrollUp(actor: Actor, pixels: number): Promise<void> {
  const before = await actor.timeline.evaluate((log) => log.scrollTop);
  await actor.timeline.hover();
  await actor.page.mouse.wheel(0, -pixels);
  await actor.timeline.evaluate(
    (log, from) =>
      new Promise<void>((resolve) => {
        const look = () => (log.scrollTop === from && !atTop(log) ? requestAnimationFrame(look) : resolve());
        const atTop = ({ scrollTop, clientHeight, scrollHeight }: Element) => clientHeight - scrollTop >= scrollHeight - 1;
        look();
      }),
    before,
  );
}

/** The first message that is fully visible below the pill with the day, and its position. */
export async function topRow(actor: Actor): Promise<{ text: string; y: number }> {
  return actor.timeline.evaluate((log) => {
    const top = log.getBoundingClientRect().top + 48;
    const row = [...log.querySelectorAll('article')].find((one) => one.getBoundingClientRect().top >= top);
    return {
      text: row?.querySelector('[data-testid="message-text"]')?.textContent ?? '',
      y: row?.getBoundingClientRect().top ?? Number.NaN,
    };
  });
}

/** @returns pixels from the top of the page */
export async function placeOf(actor: Actor, text: string): Promise<number> {
  return actor.row(text).evaluate((row) => row.getBoundingClientRect().top);
}

/** Holds back pages of older messages. @returns a function that releases them, and waits until they are shown */
export async function holdHistory({ page }: Actor): Promise<() => Promise<void>> {
  const older = '**/messages?before=*';
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(older, async (route) => {
    await gate;
    await route.continue();
  });
  return async () => {
    const answered = page.waitForResponse(older);
    release();
    await (await answered).finished();
  };
}

/** Records the highlighted messages from the next page load on. */
export async function glowed({ page }: Actor): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const lit: string[] = [];
    window.lit = lit;
    const look = () => {
      for (const row of document.querySelectorAll<HTMLElement>('article.glow')) {
        const id = row.dataset.messageId ?? '';
        if (!lit.includes(id)) lit.push(id);
      }
    };
    new MutationObserver(look).observe(document, { subtree: true, childList: true, attributeFilter: ['class'] });
  });
  return () => page.evaluate(() => window.lit ?? []);
}
