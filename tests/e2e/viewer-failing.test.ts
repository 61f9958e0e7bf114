import sharp from 'sharp';
import { sendFiles } from '@/tests/e2e/support/carried';
import { expect, test } from '@/tests/e2e/support/fixtures';
import { inTimeline, png, shown, withPictures } from '@/tests/e2e/support/pictures';

test('a picture that no browser draws shows its thumbnail, with a note and the original to download', async ({ person }) => {
  const ada = await person();
  const tiff = await sharp({ create: { width: 800, height: 500, channels: 3, background: 'purple' } })
    .tiff()
    .toBuffer();
  await withPictures(ada, { 'scan.tiff': tiff }, 'image/tiff');
  await inTimeline(ada, 'scan.tiff').click();
  const scan = shown(ada, 'scan.tiff');
  await expect(scan).not.toHaveJSProperty('naturalWidth', 0);
  await expect(ada.dialog.getByRole('note')).toHaveText('A smaller copy. Download the file to see all of it.');
  const download = ada.page.waitForEvent('download');
  await ada.dialog.getByRole('link', { name: 'Download' }).click();
  expect((await download).suggestedFilename()).toBe('scan.tiff');
});

test.describe('a picture that does not load', () => {
  test.use({ tolerated: /Failed to load resource/ });

  test('shows its thumbnail, and without one a message and the file', async ({ person }) => {
    const ada = await person();
    await withPictures(ada, { 'sea.png': await png('teal') });
    await expect(inTimeline(ada, 'sea.png').getByRole('img')).toHaveJSProperty('naturalWidth', 960);
    await ada.page.route(/\/api\/uploads\/[^/]+$/, (route) => route.abort());
    await inTimeline(ada, 'sea.png').click();
    await expect(shown(ada, 'sea.png')).toHaveJSProperty('naturalWidth', 960);
    await expect(ada.dialog.getByRole('note')).toBeVisible();
    await ada.page.keyboard.press('Escape');

    await ada.page.route('**/thumbnail', (route) => route.abort());
    await ada.page.reload();
    await ada.isConnected();
    await inTimeline(ada, 'sea.png').click();
    await expect(ada.dialog.getByRole('alert')).toContainText('This picture could not be shown.');
    await expect(ada.dialog.getByRole('link', { name: 'Download it' })).toBeVisible();
  });

  test('stays closed with a message when the viewer does not load', async ({ person }) => {
    const ada = await person();
    await withPictures(ada, { 'sea.png': await png('teal') });
    await ada.page.route('**/_next/static/chunks/**', (route) => route.abort());
    await inTimeline(ada, 'sea.png').click();
    await expect(ada.page.getByText('The picture could not be opened.')).toBeVisible();
    await ada.page.unroute('**/_next/static/chunks/**');
    await inTimeline(ada, 'sea.png').click();
    await expect(shown(ada, 'sea.png')).toBeVisible();
  });
});

test('an opened picture is closed again after a return to its conversation', async ({ couple }) => {
  const { ada, id } = await couple('ada');
  const other = await ada.group('Elsewhere', []);
  await sendFiles(ada, id, [{ name: 'sea.png', mimeType: 'image/png', buffer: await png('teal') }]);
  await inTimeline(ada, 'sea.png').click();
  await expect(ada.dialog).toBeVisible();
  await ada.page.evaluate((path) => window.history.pushState(null, '', path), `/c/${other}`);
  await expect(ada.dialog).toHaveCount(0);
  await ada.listed('Bob Martin').click();
  await expect(inTimeline(ada, 'sea.png')).toBeVisible();
  await expect(ada.dialog).toHaveCount(0);
});
