import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ImageFacts, Task } from '@/lib/platform/media/image';
import { WorkerPool } from '@/lib/platform/workers/worker-pool';

// The worker that decodes images, called directly with any type.

const painters = new WorkerPool<Task, ImageFacts>('lib/platform/media/image-worker.mjs', {
  concurrency: 1,
  maxCpuMs: 60_000,
  maxMs: 30_000,
  maxBytes: 2 ** 30,
  idleMs: 60_000,
});

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-painter-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function draw(content: string | Buffer, format: string) {
  const [path, thumbnail] = [join(folder, 'file'), join(folder, 'thumbnail')];
  await writeFile(path, content);
  return painters.run('ada', { path, format, thumbnail });
}

const flat = () => sharp({ create: { width: 30, height: 20, channels: 3, background: 'red' } });

test('a decoder that is not wanted cannot be loaded, whatever a file is taken for', async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><rect width="9" height="9"/></svg>';
  expect((await sharp(Buffer.from(svg)).metadata()).format).toBe('svg');
  for (const format of ['svg', 'heif']) await expect(draw(svg, format)).rejects.toThrow(/unsupported image format/);
});

test('a file whose detected and decoded types differ is not a picture', async () => {
  const png = await flat().png().toBuffer();
  expect(await draw(png, 'png')).toEqual({ width: 30, height: 20, orientation: 1 });
  await expect(draw(png, 'jpeg')).rejects.toThrow('Detected as jpeg, but decoded as png.');
});

test('an iPhone photo is decoded', async () => {
  const heic = await readFile('tests/support/photo.heic');
  expect(await draw(heic, 'heic')).toEqual({ width: 320, height: 200, orientation: 1 });
  // A yellow disc on blue.
  const { data } = await sharp(join(folder, 'thumbnail')).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const colourAt = (x: number, y: number) =>
    [...data.subarray((y * 320 + x) * 3, (y * 320 + x) * 3 + 3)].map((value) => Math.round(value / 52));
  expect([colourAt(80, 60), colourAt(300, 180)]).toEqual([
    [5, 4, 0],
    [1, 2, 4],
  ]);
});

test('a damaged HEIC file is an error, and the next one is decoded', async () => {
  const heic = await readFile('tests/support/photo.heic');
  await expect(draw(heic.subarray(0, 900), 'heic')).rejects.toThrow();
  await expect(draw('no picture', 'heic')).rejects.toThrow('The file contains no picture.');
  expect(await draw(heic, 'heic')).toMatchObject({ width: 320 });
});

test('its files can be read only by its own user', async () => {
  await draw(await flat().jpeg().toBuffer(), 'jpeg');
  expect(await readdir(folder)).toContain('thumbnail');
  expect((await stat(join(folder, 'thumbnail'))).mode & 0o777).toBe(0o600);
});
