import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** axe finds nothing serious or critical on the page as it is now, once what moves has come to rest. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  await page.evaluate(() => {
    const ending = document
      .getAnimations()
      .filter((one) => one.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    return Promise.allSettled(ending.map(({ finished }) => finished));
  });
  const { violations } = await new AxeBuilder({ page }).analyze();
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const found = grave.map(({ id, help, nodes }) => ({ id, help, where: nodes.map((node) => `${node.target} ${node.html}`) }));
  expect(found, `serious or critical findings of axe: ${what}`).toEqual([]);
}
