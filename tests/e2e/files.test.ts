import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { Actor } from '@/tests/e2e/support/actor';
import { carry, choose, copy, drop, sendFiles, throttleUploads } from '@/tests/e2e/support/carried';
import { expect, test } from '@/tests/e2e/support/fixtures';

const picture = (background: string, width = 640, height = 400) =>
  sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();

/** A file with the structure of a film, but without the data to play it. */
function brokenFilm(): Buffer {
  const film = Buffer.alloc(3_000, 7);
  film.write('\0\0\0\u0018ftypmp42\0\0\0\0mp42isom\0\0\u000b\u00a0mdat', 'latin1');
  return film;
}

/** A second of silence. */
function wav(): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + 8_000, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8_000, 24);
  header.writeUInt32LE(8_000, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36);
  header.writeUInt32LE(8_000, 40);
  return Buffer.concat([header, Buffer.alloc(8_000, 128)]);
}

const waiting = (actor: Actor) => actor.page.getByRole('list', { name: 'Files to send' }).getByRole('listitem');
const uploaded = (actor: Actor) => waiting(actor).and(actor.page.locator('[data-state=done]'));

test('a file attached by the button reaches the other person, who can download it', async ({ couple }) => {
  const { ada, bob } = await couple();
  const buffer = Buffer.from('Ada’s notes on the analytical engine\n'.repeat(50));
  await choose(ada, [{ name: 'Notes G, final.txt', mimeType: 'text/plain', buffer }]);
  await expect(waiting(ada)).toContainText('Notes G, final.txt');
  await expect(uploaded(ada)).toHaveCount(1);
  await ada.say('Here they are');
  await expect(waiting(ada)).toHaveCount(0);

  const card = bob.row('Here they are').getByRole('link', { name: 'Notes G, final.txt' });
  const [download] = await Promise.all([bob.page.waitForEvent('download'), card.click()]);
  expect(download.suggestedFilename()).toBe('Notes G, final.txt');
  expect(await readFile(await download.path())).toEqual(buffer);
});

test('a dropped picture shows at its size to the other person, and opens large', async ({ couple }) => {
  const { ada, bob } = await couple();
  const files = await carry(ada.page, [
    { name: 'red.png', mimeType: 'image/png', buffer: await picture('red') },
    { name: 'blue.png', mimeType: 'image/png', buffer: await picture('blue', 300, 200) },
  ]);
  await ada.composer.dispatchEvent('dragenter', { dataTransfer: files });
  await expect(ada.page.getByText('Drop to attach')).toBeVisible();
  await drop(ada, files);
  await expect(ada.page.getByText('Drop to attach')).toHaveCount(0);
  await expect(uploaded(ada)).toHaveCount(2);
  await ada.composer.press('Enter');

  const shown = bob.rows.last().getByRole('button', { name: 'red.png' });
  await expect(shown).toBeVisible();
  await expect(bob.listed('Ada Lovelace')).toContainText('2 pictures');
  await shown.click();
  await expect(bob.dialog.getByRole('img', { name: 'red.png' })).toHaveJSProperty('naturalWidth', 640);
  await bob.page.keyboard.press('ArrowRight');
  await expect(bob.dialog.getByRole('img', { name: 'blue.png' })).toHaveJSProperty('naturalWidth', 300);
  await expect(bob.dialog).toContainText('2 of 2');
  await bob.page.keyboard.press('Escape');
  await expect(bob.dialog).toHaveCount(0);
  await expect(bob.rows.last().getByRole('button', { name: 'blue.png' })).toBeFocused();
});

test('a pasted screenshot attaches one picture and no text; spreadsheet cells paste as text', async ({ couple }) => {
  const { ada, bob } = await couple();
  const buffer = await picture('green', 120, 90);
  await copy(ada, { 'image/png': buffer });
  await ada.composer.press('Control+v');
  await expect(waiting(ada)).toHaveCount(1);
  await expect(ada.composer).toHaveValue('');
  await ada.page.getByRole('button', { name: /^Remove / }).click();
  await expect(waiting(ada)).toHaveCount(0);

  await copy(ada, { 'text/plain': 'one\ttwo', 'text/html': '<table><tr><td>one<td>two</table>', 'image/png': buffer });
  await ada.composer.press('Control+v');
  await expect(ada.composer).toHaveValue('one\ttwo');
  await expect(waiting(ada)).toHaveCount(0);
  await ada.composer.press('Enter');
  await expect(bob.rows.last()).toContainText('one');
});

test('an upload shows its progress, stays with its conversation, and can be cancelled', async ({ couple }) => {
  const { ada, id } = await couple('ada');
  const other = await ada.group('Elsewhere', []);
  const free = await throttleUploads(ada, 60_000);
  await choose(ada, [{ name: 'slow.bin', mimeType: 'application/octet-stream', buffer: Buffer.alloc(1_500_000, 7) }]);
  const progress = ada.page.getByRole('progressbar', { name: 'Uploading slow.bin' });
  await expect(progress).toHaveAttribute('aria-valuenow', /^[1-9]\d?$/);
  await ada.composer.fill('With the file');
  await expect(ada.page.getByRole('button', { name: 'Send', exact: true })).toBeDisabled();
  await expect(ada.page.getByText('Files are on their way…')).toBeVisible();

  await ada.listed('Elsewhere').click();
  await expect(ada.page).toHaveURL(`/c/${other}`);
  await expect(waiting(ada)).toHaveCount(0);
  await ada.listed('Bob Martin').click();
  await expect(ada.page).toHaveURL(`/c/${id}`);
  await expect(progress).toBeVisible();
  await free();
  await expect(progress).toHaveCount(0);
  await ada.page.getByRole('button', { name: 'Remove slow.bin' }).click();
  await ada.composer.press('Enter');
  await expect(ada.row('With the file')).toBeVisible();
  await expect(ada.row('With the file').getByRole('link')).toHaveCount(0);
});

test('a file over the limit is refused with a message before its first byte is sent', async ({ couple }) => {
  const { ada } = await couple('ada');
  const sent: string[] = [];
  ada.page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()));
  await choose(ada, [{ name: 'film.mov', mimeType: 'video/quicktime', buffer: Buffer.alloc(2 * 1024 * 1024 + 1) }]);
  await expect(waiting(ada)).toContainText('Larger than 2 MB.');
  await expect(ada.page.getByRole('button', { name: 'Send', exact: true })).toBeDisabled();
  await ada.say('It was too large');
  await expect(waiting(ada)).toHaveCount(0);
  expect(sent.filter((url) => url.includes('/api/uploads'))).toEqual([]);
});

test('every file shows name, size and a download, and a player only where it can play', async ({ couple }) => {
  const { ada, bob, id } = await couple();
  const avi = Buffer.alloc(64);
  avi.write('RIFF8\0\0\0AVI LIST', 'latin1');
  await sendFiles(ada, id, [
    { name: 'old.avi', mimeType: 'video/x-msvideo', buffer: avi },
    { name: 'broken.mp4', mimeType: 'video/mp4', buffer: brokenFilm() },
    { name: 'silence.wav', mimeType: 'audio/wav', buffer: wav() },
    { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('notes') },
  ]);
  const row = bob.rows.last();
  for (const [name, size] of Object.entries({
    'old.avi': '64 bytes',
    'broken.mp4': '2.9 kB',
    'silence.wav': '7.9 kB',
    'notes.txt': '5 bytes',
  })) {
    const link = row.getByRole('link', { name: `Download ${name} ${size}` });
    await expect(link).toBeVisible();
    const [download] = await Promise.all([bob.page.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toBe(name);
  }
  await expect(row.getByText('This video cannot be played here.')).toBeVisible();
  await expect(row.locator('video')).toHaveCount(0);
  await bob.page.reload();
  await bob.isConnected();
  await expect(row.getByText('This video cannot be played here.'), 'a page that came with it').toBeVisible();
  const player = row.locator('audio');
  await expect(player).toHaveAccessibleName('silence.wav');
  await expect(player).toHaveJSProperty('duration', 1);
});

test('a film that cannot be played keeps its reserved space', async ({ couple }) => {
  const { ada, bob, id } = await couple('bob');
  let answer = () => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await bob.page.route('**/api/uploads/*', async (route) => {
    await held;
    await route.continue();
  });
  await sendFiles(ada, id, [{ name: 'broken.mp4', mimeType: 'video/mp4', buffer: brokenFilm() }]);
  const figure = bob.rows.last().getByRole('figure');
  await expect(figure.locator('video')).toBeVisible();
  const before = await figure.boundingBox();
  answer();
  await expect(figure.getByText('This video cannot be played here.')).toBeVisible();
  expect(await figure.boundingBox()).toEqual(before);
});

test('a tiny or thin picture has a target of at least 48 pixels, which opens it', async ({ couple }) => {
  const { ada, bob, id } = await couple('bob');
  const odd = { 'line.png': [10, 2000], 'dot.png': [1, 1], 'flat.png': [2000, 10] } as const;
  for (const [name, [width, height]] of Object.entries(odd)) {
    await sendFiles(ada, id, [{ name, mimeType: 'image/png', buffer: await picture('red', width, height) }]);
    const button = bob.rows.last().getByRole('button', { name });
    await expect(button.getByRole('img')).toHaveJSProperty('complete', true);
    const box = await button.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0), name).toBeGreaterThanOrEqual(48);
    await button.click({ position: { x: 3, y: 3 } });
    await expect(bob.dialog.getByRole('img', { name })).toBeVisible();
    await bob.page.keyboard.press('Escape');
    await expect(bob.dialog).toHaveCount(0);
  }
});
