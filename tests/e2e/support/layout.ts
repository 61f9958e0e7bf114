import { expect, type Page } from '@playwright/test';

/** Asserts that nothing overflows the page, and that only code, tables and tab bars scroll sideways. */
export async function expectNothingSideways(page: Page, what: string): Promise<void> {
  const found = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const name = (element: Element) => element.outerHTML.slice(0, 160);
    const isCut = (element: Element): boolean => {
      const parent = element.parentElement;
      if (!parent || parent === document.body) return false;
      const cuts = getComputedStyle(parent).overflowX !== 'visible' && parent.getBoundingClientRect().width < width;
      return cuts || isCut(parent);
    };
    return [...document.querySelectorAll('body *')].flatMap((element) => {
      const { left, right, width: own, height } = element.getBoundingClientRect();
      if (own === 0 || height === 0 || getComputedStyle(element).opacity === '0') return [];
      const scrolls = /auto|scroll/.test(getComputedStyle(element).overflowX) && !element.matches('pre, div:has(> table)');
      if (scrolls && element.scrollWidth > element.clientWidth + 1) return [`scrolls sideways: ${name(element)}`];
      return (right > width + 1 || left < -1) && !isCut(element) ? [`${left} to ${right} of ${width}: ${name(element)}`] : [];
    });
  });
  expect(found, `over the edge: ${what}`).toEqual([]);
}

declare global {
  interface Window {
    shifts?: { value: number; what: string }[];
  }
}

/** Records layout shifts from the next page load on. */
export async function recordShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shifts: { value: number; what: string }[] = [];
    window.shifts = shifts;
    interface Shift extends PerformanceEntry {
      value: number;
      hadRecentInput: boolean;
      sources: { node: Node | null }[];
    }
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput, sources } of list.getEntries() as Shift[])
        if (!hadRecentInput)
          shifts.push({ value, what: sources.map(({ node }) => (node as Element)?.outerHTML?.slice(0, 120)).join(' | ') });
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

export async function expectStill(page: Page, what: string): Promise<void> {
  const shifts = await page.evaluate(() => window.shifts ?? [{ value: 1, what: 'nothing was recorded' }]);
  const sum = shifts.reduce((total, { value }) => total + value, 0);
  expect(sum, `moved while loading: ${what}: ${JSON.stringify(shifts)}`).toBeLessThan(0.02);
}
