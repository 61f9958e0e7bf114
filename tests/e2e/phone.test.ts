import { expect, test } from '@/tests/e2e/support/fixtures';
import { expectNothingSideways } from '@/tests/e2e/support/layout';
import { phone } from '@/tests/e2e/support/phone';

test('shows one pane at a time: the list, a conversation, and back', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace', phone), await person('Bob Martin')];
  const id = await bob.directWith(ada);
  await bob.send(id, 'Are you on the train?');
  await bob.open(id);
  await ada.visit();
  await expect(ada.listed('Bob Martin')).toContainText('Are you on the train?');
  await expect(ada.composer).toBeHidden();
  await ada.listed('Bob Martin').tap();
  await expect(ada.row('Are you on the train?')).toBeInViewport();
  await expect(ada.list).toBeHidden();
  await ada.composer.tap();
  await ada.composer.fill('Yes,');
  // On a phone's keyboard, Enter is the only way to a new line.
  await ada.composer.press('Enter');
  await ada.page.keyboard.type('arriving at nine');
  await ada.page.getByRole('button', { name: 'Send', exact: true }).tap();
  await expect(bob.rows.last().getByTestId('message-text')).toHaveText('Yes,\narriving at nine', { useInnerText: true });
  await ada.page.getByRole('button', { name: 'Back to the list' }).tap();
  await expect(ada.list).toBeVisible();
  await expect(ada.page).toHaveURL('/');
  await ada.page.goBack();
  await expect(ada.composer).toBeVisible();
  await ada.page.goForward();
  await expect(ada.list).toBeVisible();
});

test('every dialog fits', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace', phone), await person('Bob Martin')];
  const id = await ada.group('Travellers', [bob]);
  await ada.send(id, 'Hello');
  await ada.visit();
  const fits = async (what: string) => {
    await expect(ada.dialog, what).toBeVisible();
    await ada.dialog.evaluate((dialog) => Promise.allSettled(dialog.getAnimations().map(({ finished }) => finished)));
    const box = await ada.dialog.boundingBox();
    expect(box?.x, what).toBeGreaterThanOrEqual(0);
    expect(box?.y, what).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0), what).toBeLessThanOrEqual(390);
    expect((box?.y ?? 0) + (box?.height ?? 0), what).toBeLessThanOrEqual(844);
    await expectNothingSideways(ada.page, what);
  };
  for (const name of ['New message', 'New group', 'Browse public groups']) {
    await ada.page.getByRole('button', { name, exact: true }).tap();
    await fits(name);
    await ada.dialog.getByRole('button', { name: 'Close' }).tap();
    await expect(ada.dialog).toHaveCount(0);
  }
  await ada.listed('Travellers').tap();
  await ada.page.getByRole('button', { name: 'Details', exact: true }).tap();
  const panel = ada.page.getByRole('complementary', { name: 'Details' });
  await expect(panel).toBeInViewport();
  for (const name of ['Edit group', 'Add people', 'Leave group']) {
    await panel.getByRole('button', { name }).tap();
    await fits(name);
    await ada.page.keyboard.press('Escape');
    await expect(ada.dialog).toHaveCount(0);
  }
  await panel.getByRole('button', { name: 'Close details' }).tap();
  await ada.page.getByRole('button', { name: 'Emoji', exact: true }).tap();
  await expect(ada.page.getByRole('gridcell').first()).toBeVisible();
  await fits('Emoji');
});

test('tap targets are large enough for a thumb, and no field triggers zoom', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace', phone), await person('Bob Martin')];
  const id = await ada.group('Thumbs', [bob]);
  await ada.send(id, 'Hello');
  for (const path of ['/', `/c/${id}`, '/settings']) {
    await ada.visit(path);
    const small = await ada.page.evaluate(() => {
      const targets = [...document.querySelectorAll<HTMLElement>('button, a[href], input, textarea, [role="tab"]')];
      return targets.flatMap((target) => {
        const { width, height } = target.getBoundingClientRect();
        const isField = target.matches('input:not([type="file"]), textarea');
        if (width === 0 || height === 0) return [];
        if (isField && Number.parseFloat(getComputedStyle(target).fontSize) < 16) return [`zoomed: ${target.outerHTML}`];
        // A field is as high as its row. The frame around a textarea is one tap target.
        return Math.min(width, height) < (isField ? 36 : 44) ? [`${width} x ${height}: ${target.outerHTML.slice(0, 160)}`] : [];
      });
    });
    expect(small, path).toEqual([]);
  }
});
