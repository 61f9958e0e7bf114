import { readdir } from 'node:fs/promises';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { openAttachment, upload } from '@/lib/domain/attachments/attachment';
import type { Attachment } from '@/lib/domain/attachments/schema';
import { prisma } from '@/lib/platform/db/prisma';
import { limits, setLimits } from '@/lib/platform/limits/schema';
import { storage, uploadsDir } from '@/lib/platform/storage/storage';
import { createPerson, type Person } from '@/tests/support/people';
import { asFile, flat, formRequest, gpsOf, part, photo, rawRequest } from '@/tests/support/uploads';

let uploader: Person;

// A new person for each test, because the upload limit counts people.
const send = async (request: Request) => {
  uploader = await createPerson();
  return upload(uploader.id, request);
};

beforeAll(() => setLimits({ upload: 1024 * 1024 }));

async function storedBytes(id: string, options: { thumbnail?: boolean } = {}): Promise<Buffer> {
  const { open } = await openAttachment(uploader.id, id, options);
  const chunks: Buffer[] = [];
  for await (const chunk of (await open()) ?? []) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const thumbnailOf = async ({ id }: Attachment) => sharp(await storedBytes(id, { thumbnail: true })).metadata();

async function kept(): Promise<{ rows: number; files: number; staged: number }> {
  let files = 0;
  for await (const _file of storage().list()) files += 1;
  const staged = await readdir(`${uploadsDir()}/.staging`).catch(() => []);
  return { rows: await prisma().attachment.count(), files, staged: staged.length };
}

/** Asserts the refusal, and that nothing of the request was stored. */
async function refused(request: Request, error: object) {
  const before = await kept();
  await expect(send(request)).rejects.toMatchObject(error);
  expect(await kept()).toEqual({ ...before, staged: 0 });
}

test('a file comes back exactly as it was sent', async () => {
  const attachment = await send(formRequest('Dear Grace,\n', 'letter.txt'));
  expect(attachment).toEqual({
    id: expect.any(String),
    name: 'letter.txt',
    size: 12,
    mimeType: 'text/plain',
    url: `/api/uploads/${attachment.id}`,
    width: null,
    height: null,
    duration: null,
    thumbnailUrl: null,
  });
  expect(String(await storedBytes(attachment.id))).toBe('Dear Grace,\n');
});

test('a picture has its displayed dimensions, and a thumbnail', async () => {
  const attachment = await send(formRequest(await photo('jpeg'), 'photo.jpg'));
  expect(attachment).toMatchObject({ mimeType: 'image/jpeg', width: 200, height: 300, size: expect.any(Number) });
  expect(attachment.thumbnailUrl).toBe(`${attachment.url}/thumbnail`);
  const thumbnail = await storedBytes(attachment.id, { thumbnail: true });
  expect(await sharp(thumbnail).metadata()).toMatchObject({ format: 'webp', width: 200, height: 300 });
});

test.each(['jpeg', 'png', 'webp', 'avif'] as const)('a %s loses its position, and not a pixel', async (format) => {
  const original = await photo(format);
  const taken = await sharp(original).metadata();
  expect(taken.xmp?.includes('GPSLatitude')).toBe(true);
  expect(taken.exif && gpsOf(taken.exif)).not.toEqual([]);

  const attachment = await send(formRequest(original, `photo.${format}`));
  const bytes = await storedBytes(attachment.id);
  const stripped = await sharp(bytes).metadata();
  expect(stripped.exif ? gpsOf(stripped.exif) : []).toEqual([]);
  expect(bytes.includes('GPSLatitude')).toBe(false);
  expect(attachment.size).toBe(bytes.length);
  expect(stripped.autoOrient).toEqual({ width: 200, height: 300 });
  const pixels = (image: Buffer) => sharp(image).autoOrient().raw().toBuffer();
  expect((await pixels(bytes)).equals(await pixels(original))).toBe(true);
});

test('data that a phone appends to a photo is not kept', async () => {
  const film = Buffer.from('ftypmp42 +52.5200+013.4050/');
  const { id } = await send(formRequest(Buffer.concat([await photo('jpeg'), film]), 'motion.jpg'));
  expect((await storedBytes(id)).includes('+52.5200')).toBe(false);
});

test('an animated picture stays animated, in its thumbnail too', async () => {
  const frames = await Promise.all(['red', 'blue'].map((background) => flat(40, 40, background)));
  const gif = await sharp(frames, { join: { animated: true } })
    .gif()
    .toBuffer();
  const attachment = await send(formRequest(gif, 'wave.gif'));
  expect(attachment).toMatchObject({ mimeType: 'image/gif', width: 40, height: 40 });
  const thumbnail = await storedBytes(attachment.id, { thumbnail: true });
  expect((await sharp(thumbnail).metadata()).pages).toBe(2);
});

test.each([
  ['a program that says it is a picture', '\u007fELF\u0002\u0001\u0001\u0000\u0000', 'cat.png', 'application/x-elf'],
  [
    'a drawing with a script',
    '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
    'a.svg',
    'text/plain',
  ],
  ['a page', '<!doctype html><script>alert(1)</script>', 'photo.jpg', 'text/plain'],
  ['bytes of nothing known', '\u0000\u0001\u0002', 'notes.txt', 'application/octet-stream'],
])('%s gets its type from its content', async (_what, content, name, mimeType) => {
  const attachment = await send(formRequest(content, name, 'file', 'image/png'));
  expect(attachment).toMatchObject({ mimeType, width: null, thumbnailUrl: null });
});

test('a picture with more pixels than fit into memory is a plain file', async () => {
  const bomb = await flat(10, 10, 'red');
  bomb.writeUInt32BE(60_000, 16);
  bomb.writeUInt32BE(60_000, 20);
  expect(await send(formRequest(bomb, 'bomb.png'))).toMatchObject({ mimeType: 'application/octet-stream', width: null });
});

test('a truncated picture shows as far as possible, without its position', async () => {
  const whole = await photo('jpeg');
  const attachment = await send(formRequest(whole.subarray(0, whole.length / 2), 'half.jpg'));
  expect(attachment).toMatchObject({ mimeType: 'image/jpeg', width: 200, height: 300 });
  expect(await thumbnailOf(attachment)).toMatchObject({ width: 200, height: 300 });
  expect((await storedBytes(attachment.id)).includes('GPSLatitude')).toBe(false);
});

test.each([
  ['in quotes', 'name="file"; filename="Grüße; \\"1\\".txt"', 'Grüße; "1".txt'],
  ['without quotes', 'name=file; filename=plain.txt', 'plain.txt'],
  ['encoded as RFC 5987 says', "name=file; filename*=UTF-8''Gr%C3%BC%C3%9Fe.txt", 'Grüße.txt'],
  ['as browsers escape it', 'name="file"; filename="a %22b%22.txt"', 'a "b".txt'],
  ['not at all', 'name="file"', 'file'],
])('a file named %s keeps that name', async (_how, disposition, name) => {
  expect((await send(rawRequest(`${part(disposition, 'hello')}--x--\r\n`))).name).toBe(name);
});

test('a file arrives whole wherever the network splits the form', async () => {
  const content = '\r\n--\r\n--y\r-'.repeat(40);
  const note = '--x\r\nContent-Disposition: form-data; name="note"\r\n\r\nof another field\r\n';
  const bytes = Buffer.from(`${note}${part(asFile, content)}${note}--x--\r\n`);
  for (const size of [1, 2, 3, 7, 64]) {
    let at = 0;
    const torn = new ReadableStream({
      pull: (controller) => {
        if (at < bytes.length) controller.enqueue(bytes.subarray(at, at + size));
        else controller.close();
        at += size;
      },
    });
    const attachment = await send(rawRequest(torn));
    expect((await storedBytes(attachment.id)).toString()).toBe(content);
  }
});

test.each([
  ['jpeg', (whole: Buffer) => whole.indexOf(Buffer.from([0xff, 0xda]))],
  ['png', (whole: Buffer) => whole.indexOf('IDAT') + 20],
] as const)('a %s truncated before any pixel is a plain file', async (format, end) => {
  const whole = await photo(format);
  expect(end(whole)).toBeGreaterThan(100);
  const attachment = await send(formRequest(whole.subarray(0, end(whole)), 'head'));
  expect(attachment).toMatchObject({ mimeType: 'application/octet-stream', thumbnailUrl: null });
});

test('a name with a path is kept as a bare name', async () => {
  expect((await send(formRequest('hello', '../../etc/passwd'))).name).toBe('passwd');
});

test('a file of exactly the largest size is taken, and one byte more is not', async () => {
  expect((await send(formRequest(Buffer.alloc(limits().upload)))).size).toBe(limits().upload);
  await refused(formRequest(Buffer.alloc(limits().upload + 1)), { code: 'PAYLOAD_TOO_LARGE' });
});

test('an announced size over the limit is refused before the first byte', async () => {
  const unread = new ReadableStream(
    {
      pull: () => {
        throw new Error('The body was read.');
      },
    },
    { highWaterMark: 0 },
  );
  await refused(rawRequest(unread, undefined, { 'content-length': String(100 * limits().upload) }), {
    code: 'PAYLOAD_TOO_LARGE',
  });
});

test.each(['file', 'another'])('a body with an endless part %j is cut off at the limit', async (field) => {
  let cancelled = false;
  let next = Buffer.from(`--x\r\nContent-Disposition: form-data; name="${field}"; filename="a"\r\n\r\n`);
  const endless = new ReadableStream({
    pull: (controller) => {
      controller.enqueue(next);
      next = Buffer.alloc(65_536);
    },
    cancel: () => {
      cancelled = true;
    },
  });
  await refused(rawRequest(endless), { code: 'PAYLOAD_TOO_LARGE' });
  expect(cancelled).toBe(true);
});

test('a client that disconnects leaves nothing', async () => {
  const control = new AbortController();
  const stalled = new ReadableStream({
    start: (controller) => controller.enqueue(Buffer.from(part('name="file"; filename="a"', 'half').slice(0, -2))),
    pull: () => {
      control.abort();
      return new Promise(() => {});
    },
  });
  const request = new Request(rawRequest(stalled), { signal: control.signal });
  await refused(request, { code: 'VALIDATION_FAILED' });
});

test.each([
  ['an empty file', formRequest(''), 'VALIDATION_FAILED'],
  ['no file', rawRequest('--x--\r\n'), 'VALIDATION_FAILED'],
  ['no body', rawRequest(''), 'VALIDATION_FAILED'],
  ['a file by another name', formRequest('hello', 'a.txt', 'picture'), 'VALIDATION_FAILED'],
  ['two files', rawRequest(`${part(asFile, 'one')}${part(asFile, 'two')}--x--\r\n`), 'VALIDATION_FAILED'],
  ['a thousand parts', rawRequest(`${part('name="a"', 'b').repeat(1000)}${part(asFile, 'c')}--x--\r\n`), 'VALIDATION_FAILED'],
  ['a form cut off in another part', rawRequest(part('name="a"; filename="a"', 'half').slice(0, -2)), 'VALIDATION_FAILED'],
  ['a form cut off in the headers', rawRequest('--x\r\nContent-Disp'), 'VALIDATION_FAILED'],
  ['a cut off form', rawRequest(part(asFile, 'hello').slice(0, -1)), 'VALIDATION_FAILED'],
  ['another boundary', rawRequest(`${part(asFile, 'hello')}--x--\r\n`, 'multipart/form-data; boundary=y'), 'VALIDATION_FAILED'],
  ['no boundary', rawRequest(`${part(asFile, 'hello')}--x--\r\n`, 'multipart/form-data; charset=utf-8'), 'VALIDATION_FAILED'],
  ['broken headers of a part', rawRequest('--x\r\n\u0000: \r\n\r\nhello\r\n--x--\r\n'), 'VALIDATION_FAILED'],
  ['JSON', rawRequest('{}', 'application/json'), 'UNSUPPORTED_MEDIA_TYPE'],
  ['a form of the other kind', rawRequest('file=hello', 'application/x-www-form-urlencoded'), 'UNSUPPORTED_MEDIA_TYPE'],
])('%s is refused, and nothing is kept', async (_what, request, code) => {
  await refused(request, { code });
});

test('the upload limit counts for each person', async () => {
  const hasty = await createPerson();
  for (let sent = 0; sent < 20; sent += 1) await upload(hasty.id, formRequest('hello'));
  await expect(upload(hasty.id, formRequest('hello'))).rejects.toMatchObject({
    code: 'RATE_LIMIT_EXCEEDED',
    details: { limit: 20, window: 300 },
  });
  await expect(send(formRequest('hello'))).resolves.toMatchObject({ size: 5 });
});
