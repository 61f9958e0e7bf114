import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Actor } from '@/tests/e2e/support/actor';
import { carry, dragPaths } from '@/tests/e2e/support/carried';
import { expect, test } from '@/tests/e2e/support/fixtures';

const waiting = (actor: Actor) => actor.page.getByRole('list', { name: 'Files to send' }).getByRole('listitem');
const uploaded = (actor: Actor) => waiting(actor).and(actor.page.locator('[data-state=done]'));

test('a file dropped anywhere in the window attaches to the open conversation', async ({ couple }) => {
  const { ada, id } = await couple('ada');
  const files = await carry(ada.page, [{ name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('a plan') }]);
  const places = [ada.page.getByRole('complementary', { name: 'Conversations' }), ada.page.getByRole('heading', { level: 1 })];
  for (const [count, place] of places.entries()) {
    await place.dispatchEvent('dragover', { dataTransfer: files });
    await expect(ada.page.getByText('Drop to attach for Bob Martin')).toBeVisible();
    await place.dispatchEvent('drop', { dataTransfer: files });
    await expect(ada.page.getByText('Drop to attach')).toHaveCount(0);
    await expect(uploaded(ada)).toHaveCount(count + 1);
  }
  await expect(ada.page).toHaveURL(`/c/${id}`);
});

test('without an open conversation a dropped file is refused with a message, and the page stays', async ({ person }, info) => {
  const ada = await person();
  await ada.visit('/settings');
  const path = info.outputPath('plan.txt');
  await writeFile(path, 'a plan');
  await dragPaths(ada, [path], { x: 700, y: 400 });
  await expect(ada.page.getByRole('region', { name: 'Notices' })).toContainText('Open a conversation first');
  await expect(ada.page).toHaveURL('/settings');
});

test('a file dropped behind an open dialog is ignored, and the dialog stays', async ({ couple }, info) => {
  const { ada } = await couple('ada');
  const path = info.outputPath('plan.txt');
  await writeFile(path, 'a plan');
  await ada.page.getByRole('button', { name: 'New message' }).click();
  await expect(ada.dialog).toBeVisible();
  await dragPaths(ada, [path], { x: 700, y: 400 });
  await expect(ada.page.getByText('Close what is open here first')).toBeVisible();
  await expect(ada.dialog).toBeVisible();
  await ada.page.keyboard.press('Escape');
  await expect(waiting(ada)).toHaveCount(0);
});

test('a dropped folder is taken file by file, and its files arrive', async ({ couple }, info) => {
  const { ada, bob } = await couple();
  const folder = info.outputPath('Holiday');
  await mkdir(join(folder, 'Day 2'), { recursive: true });
  await writeFile(join(folder, 'a.txt'), 'first');
  await writeFile(join(folder, '.DS_Store'), 'hidden');
  await writeFile(join(folder, 'Day 2', 'b.txt'), 'second');
  await dragPaths(ada, [folder], { x: 900, y: 400 });
  await expect(uploaded(ada)).toHaveCount(2);
  await ada.composer.press('Enter');
  for (const name of ['a.txt', 'b.txt']) await expect(bob.rows.last().getByRole('link', { name })).toBeVisible();
  await expect(bob.rows.last().getByRole('link')).toHaveCount(2);
});

test('an empty folder, or one with too many files, is refused with a message', async ({ couple }, info) => {
  const { ada } = await couple('ada');
  const [empty, full] = [info.outputPath('Empty'), info.outputPath('Full')];
  await mkdir(empty, { recursive: true });
  await mkdir(full, { recursive: true });
  for (let n = 0; n < 11; n += 1) await writeFile(join(full, `${n}.txt`), 'x');
  const notices = ada.page.getByRole('region', { name: 'Notices' });
  await dragPaths(ada, [empty], { x: 900, y: 400 });
  await expect(notices).toContainText('There are no files in “Empty”.');
  await dragPaths(ada, [full], { x: 900, y: 400 });
  await expect(notices).toContainText('“Full” holds more than the 10 files a message takes.');
  await expect(waiting(ada)).toHaveCount(0);
});

test.describe('a file that is moved away before it is sent', () => {
  test.use({ tolerated: /ERR_FILE_NOT_FOUND|ERR_UPLOAD_FILE_CHANGED/ });

  test('is reported as unreadable, not as a network failure', async ({ couple }, info) => {
    const { ada } = await couple('ada');
    const path = info.outputPath('report.txt');
    await writeFile(path, 'what it reports');
    let started = () => {};
    const gate = new Promise<void>((resolve) => {
      started = resolve;
    });
    await ada.page.exposeFunction('moved', () => gate);
    // It is removed from the disk after the drop, before its bytes are read.
    await ada.page.evaluate(() => {
      const send = XMLHttpRequest.prototype.send;
      XMLHttpRequest.prototype.send = function (body) {
        (window as unknown as { moved: () => Promise<void> }).moved().then(() => send.call(this, body));
      };
    });
    await dragPaths(ada, [path], { x: 900, y: 400 });
    await expect(waiting(ada)).toHaveCount(1);
    await rm(path);
    started();
    await expect(waiting(ada)).toContainText('It cannot be read. Was it moved or changed?');
  });
});

test('text and links dragged into the composer arrive there', async ({ couple }) => {
  const { ada } = await couple('ada');
  const refused = await ada.composer.evaluate((area) => {
    const transfer = new DataTransfer();
    transfer.setData('text/plain', 'https://example.com');
    transfer.setData('text/uri-list', 'https://example.com');
    return ['dragover', 'drop'].map(
      (name) => !area.dispatchEvent(new DragEvent(name, { dataTransfer: transfer, bubbles: true, cancelable: true })),
    );
  });
  expect(refused, 'kept from the browser').toEqual([false, false]);
});
