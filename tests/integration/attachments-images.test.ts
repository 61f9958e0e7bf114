import { readFile } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import { expect, test } from 'vitest';
import { openAttachment, upload } from '@/lib/domain/attachments/attachment';
import { createPerson, type Person } from '@/tests/support/people';
import { formRequest, photo } from '@/tests/support/uploads';

let uploader: Person;

// A new person for each test, because the upload limit counts people.
async function send(content: Uint8Array | string, name: string) {
  uploader = await createPerson();
  return upload(uploader.id, formRequest(content, name));
}

async function thumbnailOf({ id }: { id: string }): Promise<Sharp> {
  const { open } = await openAttachment(uploader.id, id, { thumbnail: true });
  const chunks: Buffer[] = [];
  for await (const chunk of (await open()) ?? []) chunks.push(chunk);
  return sharp(Buffer.concat(chunks));
}

const flat = (width: number, height: number, background: string) =>
  sharp({ create: { width, height, channels: 3, background } });

/** A red pixel, which is in every picture of these tests. */
async function expectRed(picture: Sharp) {
  const { dominant } = await picture.stats();
  expect(dominant.r).toBeGreaterThan(180);
  expect(Math.max(dominant.g, dominant.b)).toBeLessThan(80);
}

test.each([
  ['a TIFF', 'image/tiff', () => flat(300, 200, 'red').tiff().toBuffer()],
  ['a JPEG in the colours of print', 'image/jpeg', () => flat(300, 200, 'red').toColourspace('cmyk').jpeg().toBuffer()],
  ['a PNG of 16 bits', 'image/png', () => flat(300, 200, 'red').toColourspace('rgb16').png().toBuffer()],
  ['an interlaced PNG', 'image/png', () => flat(300, 200, 'red').png({ progressive: true }).toBuffer()],
  ['a progressive JPEG', 'image/jpeg', () => flat(300, 200, 'red').jpeg({ progressive: true }).toBuffer()],
  ['a GIF', 'image/gif', () => flat(300, 200, 'red').gif().toBuffer()],
  ['a WebP without loss', 'image/webp', () => flat(300, 200, 'red').webp({ lossless: true }).toBuffer()],
  ['an AVIF', 'image/avif', () => flat(300, 200, 'red').avif().toBuffer()],
])('%s has its dimensions and a thumbnail', async (what, mimeType, make) => {
  const attachment = await send(await make(), what);
  expect(attachment).toMatchObject({ mimeType, width: 300, height: 200 });
  const thumbnail = await thumbnailOf(attachment);
  expect(await thumbnail.metadata()).toMatchObject({ format: 'webp', width: 300, height: 200 });
  await expectRed(thumbnail);
});

test('a photo of an iPhone (HEIC) has its dimensions and a thumbnail', async () => {
  const attachment = await send(await readFile('tests/support/photo.heic'), 'IMG_0001.HEIC');
  expect(attachment).toMatchObject({ mimeType: 'image/heic', width: 320, height: 200 });
  expect(await (await thumbnailOf(attachment)).metadata()).toMatchObject({ format: 'webp', width: 320, height: 200 });
});

test('a TIFF of several pages shows its first page', async () => {
  const pages = await Promise.all([flat(60, 40, 'red').png().toBuffer(), flat(60, 40, 'blue').png().toBuffer()]);
  const tiff = await sharp(pages, { join: { animated: true } })
    .tiff()
    .toBuffer();
  expect((await sharp(tiff).metadata()).pages).toBe(2);
  const attachment = await send(tiff, 'fax.tiff');
  expect(attachment).toMatchObject({ mimeType: 'image/tiff', width: 60, height: 40 });
  const thumbnail = await thumbnailOf(attachment);
  expect((await thumbnail.metadata()).pages ?? 1).toBe(1);
  await expectRed(thumbnail);
});

test('an animated WebP has an animated thumbnail', async () => {
  const frames = await Promise.all([flat(60, 40, 'red').png().toBuffer(), flat(60, 40, 'blue').png().toBuffer()]);
  const attachment = await send(
    await sharp(frames, { join: { animated: true } })
      .webp()
      .toBuffer(),
    'wave.webp',
  );
  expect(attachment).toMatchObject({ mimeType: 'image/webp', width: 60, height: 40 });
  expect((await (await thumbnailOf(attachment)).metadata()).pages).toBe(2);
});

test.each([
  ['one pixel', 1, 1],
  ['a thin line upright', 10, 2000],
  ['a hair', 1, 16_000],
  ['a thin line lying', 16_000, 1],
])('a picture of %s reports its dimensions, and has a thumbnail', async (_what, width, height) => {
  const attachment = await send(await flat(width, height, 'red').png().toBuffer(), 'line.png');
  expect(attachment).toMatchObject({ mimeType: 'image/png', width, height, thumbnailUrl: expect.any(String) });
  const shown = await (await thumbnailOf(attachment)).metadata();
  expect(shown.width).toBeLessThanOrEqual(960);
  expect(shown.height).toBeLessThanOrEqual(640);
});

/** A few hundred bytes that take an SVG renderer a minute. */
const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="2000" height="2000"><filter id="f">${'<feMorphology operator="dilate" radius="60"/>'.repeat(60)}</filter><rect width="2000" height="2000" filter="url(#f)"/></svg>`;

test.each([
  ['an AVIF by its first letters', `<!--ftypavif-->${drawing}`],
  ['a drawing', drawing],
  ['a drawing with a preamble', `<?xml version="1.0"?>\n${drawing}`],
])('%s that is a program for an SVG renderer is text, and delays nobody’s picture', async (_what, content) => {
  const mallory = await createPerson();
  const [hostile, ordinary] = await Promise.all([
    upload(mallory.id, formRequest(content, 'a.avif')),
    send(await photo('jpeg'), 'photo.jpg'),
  ]);
  expect(hostile).toMatchObject({ mimeType: 'text/plain', width: null, thumbnailUrl: null });
  expect(ordinary.thumbnailUrl).not.toBeNull();
});
