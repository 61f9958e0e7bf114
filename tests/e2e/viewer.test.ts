import type { Locator } from '@playwright/test';
import sharp from 'sharp';
import { expect, test } from '@/tests/e2e/support/fixtures';
import { phone } from '@/tests/e2e/support/phone';
import { boxOf, inTimeline, percent, png, shown, withPictures } from '@/tests/e2e/support/pictures';

test('a picture is fitted, shown at its real size, and zoomed by keys, buttons, wheel and double click', async ({ person }) => {
  const ada = await person();
  await withPictures(ada, { 'sea.png': await png('teal') });
  await inTimeline(ada, 'sea.png').click();
  const sea = shown(ada, 'sea.png');
  await expect(sea).toHaveJSProperty('naturalWidth', 3000);
  const fitted = await boxOf(sea);
  expect(fitted.width).toBeLessThanOrEqual(1440);
  expect(fitted.width / fitted.height).toBeCloseTo(1.5, 1);
  await expect(ada.dialog.getByRole('button', { name: 'Fit' })).toHaveAttribute('aria-pressed', 'true');

  await ada.page.keyboard.press('1');
  await expect(percent(ada)).toHaveText('100 %');
  expect((await boxOf(sea)).width).toBe(3000);
  await ada.page.keyboard.press('+');
  await expect(percent(ada)).toHaveText('150 %');
  await ada.page.keyboard.press('-');
  await expect(percent(ada)).toHaveText('100 %');
  await ada.page.keyboard.press('0');
  expect(await boxOf(sea)).toEqual(fitted);

  await ada.dialog.getByRole('button', { name: 'Real size' }).click();
  await expect(percent(ada)).toHaveText('100 %');
  await ada.dialog.getByRole('button', { name: 'Fit' }).click();
  expect(await boxOf(sea)).toEqual(fitted);

  await ada.page.mouse.dblclick(600, 400);
  await expect(percent(ada)).toHaveText('100 %');
  await ada.page.mouse.dblclick(600, 400);
  expect(await boxOf(sea)).toEqual(fitted);
});

test('the wheel zooms to the pointer, and a drag moves the picture as far as its edge', async ({ person }) => {
  const ada = await person();
  await withPictures(ada, { 'sea.png': await png('teal') });
  await inTimeline(ada, 'sea.png').click();
  const sea = shown(ada, 'sea.png');
  const before = await boxOf(sea);
  const at = { x: 500, y: 300 };
  const under = ({ x, y, width, height }: typeof before) => [(at.x - x) / width, (at.y - y) / height] as const;
  await ada.page.mouse.move(at.x, at.y);
  await ada.page.mouse.wheel(0, -500);
  await expect.poll(async () => (await boxOf(sea)).width).toBeGreaterThan(before.width * 1.5);
  const zoomed = await boxOf(sea);
  for (const side of [0, 1] as const) expect(under(zoomed)[side]).toBeCloseTo(under(before)[side], 2);

  await ada.page.mouse.down();
  await ada.page.mouse.move(at.x + 40, at.y + 20, { steps: 4 });
  await expect.poll(async () => (await boxOf(sea)).x).toBeCloseTo(zoomed.x + 40, 0);
  await ada.page.mouse.move(at.x + 5_000, at.y, { steps: 4 });
  await ada.page.mouse.up();
  expect((await boxOf(sea)).x, 'no gap at the left edge').toBeCloseTo(0, 0);
});

test('Escape closes the viewer while a tooltip is closing', async ({ person }) => {
  const ada = await person();
  await withPictures(ada, { 'one.png': await png('red') });
  await inTimeline(ada, 'one.png').press('Enter');
  await expect(shown(ada, 'one.png')).toBeVisible();
  // The tooltip disappears before its first frame is painted.
  await ada.dialog.evaluate(async (dialog) => {
    const open = () => document.querySelector('[data-radix-popper-content-wrapper] [data-state$="-open"]');
    const until = async (condition: () => boolean) => {
      while (!condition()) await new Promise((resolve) => setTimeout(resolve));
    };
    const focus = (name: string) => dialog.querySelector<HTMLElement>(`[aria-label="${name}"]`)?.focus();
    focus('Fit');
    await until(() => open() !== null);
    focus('Download');
    await until(() => open() === null);
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));
  });
  await expect(ada.dialog).toHaveCount(0);
});

test('arrows, Home and End step through the pictures, and Escape returns the focus', async ({ person }) => {
  const ada = await person();
  await withPictures(ada, { 'one.png': await png('red'), 'two.png': await png('green'), 'three.png': await png('blue') });
  await inTimeline(ada, 'one.png').press('Enter');
  await expect(ada.dialog).toContainText('1 of 3');
  await ada.dialog.getByRole('button', { name: 'Next picture' }).click();
  await ada.page.keyboard.press('1');
  await ada.dialog.getByRole('button', { name: 'Next picture' }).click();
  await expect(ada.dialog).toContainText('3 of 3');
  await expect(percent(ada), 'each picture begins fitted').not.toHaveText('100 %');
  await ada.page.keyboard.press('Home');
  await expect(shown(ada, 'one.png')).toBeVisible();
  await ada.page.keyboard.press('End');
  await ada.page.keyboard.press('ArrowLeft');
  await expect(shown(ada, 'two.png')).toBeVisible();
  for (let press = 0; press < 12; press += 1) {
    await ada.page.keyboard.press('Tab');
    await expect(ada.dialog.locator(':focus'), 'the focus stays in the viewer').toHaveCount(1);
  }
  const download = ada.page.waitForEvent('download');
  await ada.dialog.getByRole('link', { name: 'Download' }).click();
  expect((await download).suggestedFilename()).toBe('two.png');
  await ada.page.keyboard.press('Escape');
  await expect(ada.dialog).toHaveCount(0);
  await expect(inTimeline(ada, 'two.png')).toBeFocused();
});

test('two fingers pinch a picture, one moves it, and a swipe leads to the next', async ({ person }) => {
  const ada = await person('Ada Lovelace', phone);
  await withPictures(ada, { 'one.png': await png('red'), 'two.png': await png('green') });
  await inTimeline(ada, 'one.png').tap();
  const one = shown(ada, 'one.png');
  const fitted = await boxOf(one);
  expect(fitted.width).toBeLessThanOrEqual(390);
  const devtools = await ada.page.context().newCDPSession(ada.page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: { x: number; y: number }[]) =>
    devtools.send('Input.dispatchTouchEvent', { type, touchPoints: touchPoints.map((point, id) => ({ ...point, id })) });

  await touch('touchStart', { x: 170, y: 400 });
  await touch('touchStart', { x: 170, y: 400 }, { x: 220, y: 400 });
  for (let apart = 30; apart <= 120; apart += 10)
    await touch('touchMove', { x: 195 - apart, y: 400 }, { x: 195 + apart, y: 400 });
  await touch('touchEnd');
  await expect.poll(async () => (await boxOf(one)).width / fitted.width).toBeGreaterThan(3);

  const zoomed = await boxOf(one);
  await touch('touchStart', { x: 200, y: 400 });
  for (let x = 200; x >= 100; x -= 20) await touch('touchMove', { x, y: 400 });
  await touch('touchEnd');
  await expect.poll(async () => (await boxOf(one)).x).toBeLessThan(zoomed.x - 50);
  await expect(one, 'it is the same picture').toBeVisible();

  await ada.dialog.getByRole('button', { name: 'Fit' }).tap();
  await touch('touchStart', { x: 300, y: 400 });
  for (let x = 300; x >= 100; x -= 20) await touch('touchMove', { x, y: 400 });
  await touch('touchEnd');
  await expect(shown(ada, 'two.png')).toBeVisible();
});

test('a drawing on a transparent background is visible, black or white, in both themes', async ({ person }) => {
  const ada = await person();
  const drawn = (colour: string) =>
    sharp(
      Buffer.from(
        `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="120"><circle cx="100" cy="60" r="40" fill="${colour}"/></svg>`,
      ),
    )
      .png()
      .toBuffer();
  await withPictures(ada, { 'black.png': await drawn('black'), 'white.png': await drawn('white') });
  for (const colorScheme of ['light', 'dark'] as const) {
    await ada.page.emulateMedia({ colorScheme });
    for (const [name, least] of [
      ['black.png', 3],
      ['white.png', 1.5],
    ] as const) {
      const button = inTimeline(ada, name);
      expect(await contrast(button), `${name} in the timeline, ${colorScheme}`).toBeGreaterThan(least);
      await button.click();
      await expect(shown(ada, name)).toHaveJSProperty('complete', true);
      await expect(ada.dialog.getByRole('status', { name: /loading/ })).toHaveCount(0);
      expect(await contrast(shown(ada, name)), `${name} in the viewer, ${colorScheme}`).toBeGreaterThan(least);
      await ada.page.keyboard.press('Escape');
    }
  }
});

/** The contrast between the centre of an element and the most similar point around it. */
async function contrast(locator: Locator): Promise<number> {
  const { data, info } = await sharp(await locator.screenshot())
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const luminance = (x: number, y: number) => {
    const at = (y * info.width + x) * info.channels;
    const [r, g, b] = [0, 1, 2].map((channel) => {
      const value = (data[at + channel] ?? 0) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const middle = luminance(Math.floor(info.width / 2), Math.floor(info.height / 2));
  const around = Array.from({ length: 40 }, (_, n) => luminance(12 + n, 14));
  return Math.min(...around.map((one) => (Math.max(one, middle) + 0.05) / (Math.min(one, middle) + 0.05)));
}
