import type { Locator, Page } from '@playwright/test';

declare global {
  interface Window {
    recorded?: string[];
  }
}

/** From now on records every text that this part of the page shows, however briefly. */
export async function record(part: Locator): Promise<void> {
  await part.evaluate((element) => {
    const texts: string[] = [];
    window.recorded = texts;
    const keep = () => {
      for (const row of element.querySelectorAll('a, button, [role="status"]')) texts.push(row.textContent ?? '');
    };
    keep();
    // Mutation observers run before each change is painted.
    new MutationObserver(keep).observe(element, { subtree: true, childList: true, characterData: true });
  });
}

/** The recorded texts that match. */
export async function everSeen(page: Page, pattern: RegExp): Promise<string[]> {
  const texts = await page.evaluate(() => window.recorded ?? ['nothing was recorded: unknown null unread']);
  return [...new Set(texts)].filter((text) => pattern.test(text));
}
