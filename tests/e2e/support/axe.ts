import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Asserts no serious or critical axe violations on the current page, in the light and the dark theme, after all animations. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await rest(page);
    const axe = axeFor(page);
    // Rules that are not about colours have the same result in both themes.
    const { violations } = await (colorScheme === 'light' ? axe : axe.withRules(['color-contrast'])).analyze();
    const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    const found = grave.map(({ id, help, nodes }) => ({ id, help, where: nodes.map((node) => `${node.target} ${node.html}`) }));
    expect(found, `serious or critical findings of axe: ${what}, ${colorScheme}`).toEqual([]);
  }
}

/**
 * Legacy mode runs axe only in the page, which suffices without frames. Otherwise axe opens a second page for its results, which takes
 * three times the CPU time. The details of passed rules are not needed.
 */
function axeFor(page: Page): AxeBuilder {
  expect(page.frames(), 'legacy mode does not look into frames').toHaveLength(1);
  return new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
}

/** Colours during a change of theme, and of elements that fade in, are transient. */
async function rest(page: Page): Promise<void> {
  await page.evaluate(() => {
    const ending = document
      .getAnimations()
      .filter((one) => one.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    return Promise.allSettled(ending.map(({ finished }) => finished));
  });
}
