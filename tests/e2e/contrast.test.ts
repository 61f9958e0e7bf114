import type { Locator } from '@playwright/test';
import sharp from 'sharp';
import { sendFiles } from '@/tests/e2e/support/carried';
import { expect, test } from '@/tests/e2e/support/fixtures';

const style = (locator: Locator) =>
  locator.evaluate((element) => {
    const { color, backgroundColor, borderTopWidth, borderTopStyle, borderTopColor, outlineStyle, outlineWidth, outlineColor } =
      getComputedStyle(element);
    const borderRadius = getComputedStyle(element).borderTopLeftRadius;
    return {
      color,
      backgroundColor,
      borderTopWidth,
      borderTopStyle,
      borderTopColor,
      outlineStyle,
      outlineWidth,
      outlineColor,
      borderRadius,
    };
  });

/** The system colours in this browser and theme. */
const system = (actorPage: Locator) =>
  actorPage.evaluate((body) => {
    const probe = document.createElement('span');
    probe.style.forcedColorAdjust = 'none';
    body.append(probe);
    const colours: Record<string, string> = {};
    for (const name of ['Canvas', 'CanvasText', 'Highlight', 'HighlightText', 'Mark']) {
      probe.style.color = name;
      colours[name] = getComputedStyle(probe).color;
    }
    probe.remove();
    return colours as Record<'Canvas' | 'CanvasText' | 'Highlight' | 'HighlightText' | 'Mark', string>;
  });

for (const colorScheme of ['light', 'dark'] as const) {
  test(`with forced colours, ${colorScheme}, selection, presence, waiting messages and edges stay visible`, async ({
    person,
  }) => {
    const ada = await person('Ada Lovelace', { forcedColors: 'active', colorScheme });
    const bob = await person('Bob Martin');
    const direct = await ada.directWith(bob);
    const group = await ada.group('Everybody', [bob]);
    await bob.visit();
    await bob.send(direct, 'Hello');
    await bob.send(group, `@${ada.handle} look at this`);
    await bob.send(group, 'And this');
    const buffer = await sharp({ create: { width: 60, height: 60, channels: 3, background: 'teal' } })
      .png()
      .toBuffer();
    await sendFiles(bob, group, [{ name: 'sea.png', mimeType: 'image/png', buffer }]);
    const { message } = await ada.ask<{ message: { id: string } }>('POST', `/api/conversations/${group}/messages`, {
      content: 'Mine',
    });
    await ada.ask('PUT', `/api/conversations/${group}/messages/${message.id}/reactions/${encodeURIComponent('🎉')}`);
    await ada.open(group);
    const colours = await system(ada.page.locator('body'));
    expect(colours.Highlight).not.toBe(colours.Canvas);

    // Selection
    const selected = await style(ada.listed('Everybody'));
    expect(selected.backgroundColor).toBe(colours.Highlight);
    expect((await style(ada.listed('Everybody').getByText('Everybody'))).color).toBe(colours.HighlightText);
    expect((await style(ada.listed('Bob Martin'))).backgroundColor).not.toBe(colours.Highlight);

    // Presence and pending messages
    const dot = await style(ada.listed('Bob Martin').locator('[data-status="online"]'));
    expect(dot.backgroundColor).toBe(colours.CanvasText);
    const pill = await style(ada.listed('Bob Martin').locator('[data-pill]'));
    expect([pill.borderTopStyle, pill.borderTopWidth]).toEqual(['solid', '1px']);

    // Marks within messages
    expect((await style(ada.page.locator('.mention.own'))).backgroundColor).toBe(colours.Mark);
    expect((await style(ada.page.locator('[data-reaction]'))).backgroundColor).toBe(colours.Highlight);

    // Edges
    const box = ada.page.locator('div:has(> textarea)');
    expect((await style(box)).borderTopStyle).toBe('solid');
    await ada.composer.focus();
    expect(await style(box)).toMatchObject({ outlineStyle: 'solid', outlineWidth: '2px', outlineColor: colours.Highlight });
    await ada.page.getByRole('button', { name: 'New message' }).click();
    expect(await style(ada.dialog)).toMatchObject({ borderTopStyle: 'solid', borderTopColor: colours.CanvasText });
    expect((await style(ada.dialog.getByRole('button', { name: 'Close' }))).borderTopStyle).toBe('solid');
    await ada.page.keyboard.press('Escape');
    await ada.page.getByRole('button', { name: 'Ada Lovelace: status and more' }).click();
    await ada.page.keyboard.press('ArrowDown');
    const highlighted = ada.page.locator('[data-highlighted]');
    expect((await style(highlighted)).backgroundColor).toBe(colours.Highlight);
    expect((await style(ada.page.getByRole('menu'))).borderTopStyle).toBe('solid');
  });
}
