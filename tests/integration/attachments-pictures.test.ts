import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { GET } from '@/app/api/uploads/[id]/picture/route';
import { removeFiles, upload } from '@/lib/domain/attachments/attachment';
import { pictureSizes } from '@/lib/domain/attachments/schema';
import { servePicture } from '@/lib/domain/attachments/serving';
import { pictureKey } from '@/lib/domain/attachments/shape';
import { prisma } from '@/lib/platform/db/prisma';
import { storage, uploadsDir } from '@/lib/platform/storage/storage';
import { insertGroup } from '@/tests/support/conversations';
import { cast, type Person } from '@/tests/support/people';
import { tokenFor } from '@/tests/support/sockets';
import { purge } from '@/tests/support/upkeep';
import { formRequest, photo } from '@/tests/support/uploads';

let ada: Person;
let grace: Person;
let mallory: Person;

beforeAll(async () => {
  ({ ada, grace, mallory } = await cast('ada', 'grace', 'mallory'));
});

const get = (person: Person, id: string, size: (typeof pictureSizes)[number] = 192, headers = {}) =>
  servePicture(person.id, id, size, new Request('http://parley.test/', { headers }));

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

async function face(content?: Buffer): Promise<string> {
  const { id } = await upload(ada.id, formRequest(content ?? (await photo('jpeg')), 'face.jpg'));
  await prisma().user.update({ where: { id: ada.id }, data: { imageId: id } });
  return id;
}

test.each(pictureSizes)(
  'a photo of megabytes used as a profile picture is a square of %i pixels and few kilobytes',
  async (size) => {
    const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
    const large = await sharp({ create: { width: 2400, height: 1800, channels: 3, background: 'red', noise } })
      .jpeg({ quality: 90 })
      .toBuffer();
    expect(large.length).toBeGreaterThan(2_000_000);
    const response = await get(grace, await face(large), size);
    expect(response.headers.get('content-type')).toBe('image/webp');
    expect(response.headers.get('content-disposition')).toMatch(/^inline/);
    const copy = await bytesOf(response);
    expect(await sharp(copy).metadata()).toMatchObject({ format: 'webp', width: size, height: size });
    expect(copy.length).toBeLessThan(size * size);
  },
);

test('a copy follows the photo’s orientation', async () => {
  const top = await sharp({ create: { width: 300, height: 100, channels: 3, background: 'blue' } })
    .png()
    .toBuffer();
  const turned = await sharp({ create: { width: 300, height: 300, channels: 3, background: 'red' } })
    .composite([{ input: top, gravity: 'north' }])
    .withMetadata({ orientation: 3 })
    .jpeg()
    .toBuffer();
  const { data, info } = await sharp(await bytesOf(await get(grace, await face(turned), 96)))
    .raw()
    .toBuffer({ resolveWithObject: true });
  const pixel = (row: number) => [...data.subarray(row * info.width * info.channels, row * info.width * info.channels + 3)];
  expect(pixel(2)[0]).toBeGreaterThan(200);
  expect(pixel(93)[2]).toBeGreaterThan(200);
});

test('a copy of an animated picture is still', async () => {
  const frames = await Promise.all(
    ['red', 'blue'].map((background) =>
      sharp({ create: { width: 60, height: 40, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  );
  const gif = await sharp(frames, { join: { animated: true } })
    .gif()
    .toBuffer();
  expect((await sharp(await bytesOf(await get(grace, await face(gif)))).metadata()).pages ?? 1).toBe(1);
});

test('a copy is for people who may see the picture, and for nobody else', async () => {
  const { id } = await upload(ada.id, formRequest(await photo('jpeg'), 'group.jpg'));
  await expect(get(grace, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const conversationId = await insertGroup([ada, grace]);
  await prisma().conversation.update({ where: { id: conversationId }, data: { imageId: id } });
  expect((await get(grace, id)).status).toBe(200);
  await expect(get(mallory, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const etag = (await get(grace, id)).headers.get('etag') ?? '';
  await expect(get(mallory, id, 192, { 'if-none-match': etag })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a file that is no picture has no copies', async () => {
  const { id } = await upload(ada.id, formRequest('a letter', 'letter.txt'));
  await expect(get(ada, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('many concurrent requests make one copy, which is cached, and a matching ETag gets 304', async () => {
  const id = await face();
  expect(await storage().size(pictureKey(id, 96))).toBeNull();
  const copies = await Promise.all(Array.from({ length: 10 }, async () => bytesOf(await get(grace, id, 96))));
  expect(await storage().size(pictureKey(id, 96))).toBe(copies[0]!.length);
  expect(copies.every((copy) => copy.equals(copies[0]!))).toBe(true);
  const etag = (await get(grace, id, 96)).headers.get('etag') ?? '';
  expect((await get(grace, id, 96, { 'if-none-match': etag })).status).toBe(304);
  expect((await get(grace, id, 48, { 'if-none-match': etag })).status).toBe(200);
});

test('copies are removed with their picture', async () => {
  const id = await face();
  for (const size of pictureSizes) await get(ada, id, size);
  await removeFiles([id]);
  for (const size of pictureSizes) expect(await storage().size(pictureKey(id, size))).toBeNull();
});

test('the copies of a replaced picture are removed with it after a day', async () => {
  const old = await face();
  await get(grace, old);
  await face();
  await purge(new Date(Date.now() + 25 * 60 * 60 * 1000));
  expect(await storage().size(pictureKey(old, 192))).toBeNull();
});

test('without a size the copy has 192 pixels, and an invalid size is refused', async () => {
  const { token } = await tokenFor(grace);
  const id = await face();
  const ask = (query: string) => {
    const headers = { authorization: `Bearer ${token}` };
    const request = new Request(`http://parley.test/api/uploads/${id}/picture${query}`, { headers });
    return GET(request, { params: Promise.resolve({ id }) });
  };
  expect((await sharp(await bytesOf(await ask(''))).metadata()).width).toBe(192);
  expect((await sharp(await bytesOf(await ask('?size=48'))).metadata()).width).toBe(48);
  for (const size of ['', '0', '49', '512px', '99999999999']) expect((await ask(`?size=${size}`)).status).toBe(400);
});

test('files that an upload leaves in the data folder are readable only by Parley’s own user', async () => {
  const id = await face();
  await get(grace, id);
  const names = (await readdir(uploadsDir(), { recursive: true })).map((name) => join(uploadsDir(), name));
  expect(names.filter((name) => name.includes(id))).toHaveLength(3);
  for (const name of [uploadsDir(), ...names]) {
    const found = await stat(name);
    expect([name, found.mode & 0o777]).toEqual([name, found.isDirectory() ? 0o700 : 0o600]);
  }
});
