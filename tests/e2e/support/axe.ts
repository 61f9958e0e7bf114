import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** axe finds nothing serious or critical on the page as it is now, in light and in dark, once what moves has come to rest. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await rest(page);
    const axe = axeFor(page);
    // What is not about colours is the same in both.
    const { violations } = await (colorScheme === 'light' ? axe : axe.withRules(['color-contrast'])).analyze();
    const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    const found = grave.map(({ id, help, nodes }) => ({ id, help, where: nodes.map((node) => `${node.target} ${node.html}`) }));
    expect(found, `serious or critical findings of axe: ${what}, ${colorScheme}`).toEqual([]);
  }
}

/**
 * Legacy mode runs axe in the page alone, which is all there is without frames. Otherwise axe opens a second page for its results, and a
 * check takes three times the processor time. Nobody reads the details of what is not a violation.
 */
function axeFor(page: Page): AxeBuilder {
  expect(page.frames(), 'legacy mode does not look into frames').toHaveLength(1);
  return new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
}

/** Colours on their way from one theme to the other, and what fades in, are not what people read. */
async function rest(page: Page): Promise<void> {
  await page.evaluate(() => {
    const ending = document
      .getAnimations()
      .filter((one) => one.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    return Promise.allSettled(ending.map(({ finished }) => finished));
  });
}
