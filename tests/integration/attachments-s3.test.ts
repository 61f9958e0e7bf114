import { readdir } from 'node:fs/promises';
import { S3 } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { removeFiles, upload } from '@/lib/domain/attachments/attachment';
import { serveAttachment } from '@/lib/domain/attachments/serving';

import { prisma } from '@/lib/platform/db/prisma';
import { env } from '@/lib/platform/env/env';
import { setLimits } from '@/lib/platform/limits/schema';
import { uploadsDir } from '@/lib/platform/storage/storage';
import { createPerson, type Person } from '@/tests/support/people';
import { startStore, type TestStore } from '@/tests/support/s3';
import { purge } from '@/tests/support/upkeep';
import { formRequest, part, photo, rawRequest } from '@/tests/support/uploads';

let store: TestStore;
let ada: Person;

beforeAll(async () => {
  store = await startStore();
  Object.assign(process.env, store.variables);
  expect(env().S3_BUCKET).toBe(store.bucket);
  setLimits({ upload: 64 * 1024 * 1024 });
});

afterAll(() => store.down());

beforeEach(async () => {
  store.cutOff(null);
  ada = await createPerson();
});

const get = (id: string, headers = {}, options = {}) =>
  serveAttachment(ada.id, id, new Request('http://parley.test/', { headers }), options);

const large = () => formRequest(Buffer.alloc(20 * 1024 * 1024, 'parley'), 'large.bin');

async function kept() {
  const staged = await readdir(`${uploadsDir()}/.staging`).catch(() => []);
  const rows = await prisma().attachment.count();
  return { rows, objects: store.objects().toSorted(), unfinished: store.unfinished(), staged };
}

/** Asserts the refusal, and that nothing was stored. */
async function leavesNothing(request: Request, code: string) {
  const before = await kept();
  await expect(upload(ada.id, request)).rejects.toMatchObject({ code });
  expect(await kept()).toEqual({ ...before, unfinished: [], staged: [] });
}

test('a picture and its thumbnail are kept in the bucket, not on this machine', async () => {
  const { id } = await upload(ada.id, formRequest(await photo('jpeg'), 'photo.jpg'));
  expect(store.objects()).toEqual(expect.arrayContaining([id, `${id}.thumbnail`]));
  expect(await readdir(uploadsDir())).toEqual(['.staging']);
  expect((await get(id)).status).toBe(200);
  expect((await get(id, {}, { thumbnail: true })).headers.get('content-type')).toBe('image/webp');
});

test('a large file is sent in parts, and served in ranges across their seams', async () => {
  const { id, size } = await upload(ada.id, large());
  expect(size).toBe(20 * 1024 * 1024);
  expect(store.unfinished()).toEqual([]);
  const response = await get(id, { range: 'bytes=8388606-8388611' });
  expect(response.status).toBe(206);
  expect(response.headers.get('content-range')).toBe('bytes 8388606-8388611/20971520');
  expect(await response.text()).toBe('parley');
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
  await leavesNothing(new Request(rawRequest(stalled), { signal: control.signal }), 'VALIDATION_FAILED');
});

test('a store that fails in the second part leaves nothing', async () => {
  store.cutOff(/partNumber=2&/);
  await leavesNothing(large(), 'UNAVAILABLE');
});

test('a store that takes the parts and then fails leaves nothing', async () => {
  store.cutOff(/^POST .*uploadId=/);
  await leavesNothing(large(), 'UNAVAILABLE');
});

test('a store that takes the picture and not its thumbnail leaves nothing', async () => {
  store.cutOff(/^PUT .*thumbnail/);
  await leavesNothing(formRequest(await photo('jpeg'), 'photo.jpg'), 'UNAVAILABLE');
});

test('while the store is unreachable files are UNAVAILABLE, and afterwards they are served', async () => {
  const { id } = await upload(ada.id, formRequest('hello'));
  await store.down();
  await expect(upload(ada.id, formRequest('hello'))).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    details: { retryAfter: expect.any(Number) },
  });
  await expect(get(id)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  const away = await kept();
  await store.up();
  expect(await (await get(id)).text()).toBe('hello');
  expect(await kept()).toEqual(away);
});

test('a removed file is gone from the bucket', async () => {
  const { id } = await upload(ada.id, formRequest(await photo('jpeg'), 'photo.jpg'));
  await removeFiles([id]);
  expect(store.objects().filter((name) => name.startsWith(id))).toEqual([]);
  await expect(get(id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

const soon = () => new Date(Date.now() + 25 * 60 * 60 * 1000);

test('a file without a row, and an upload left by a dead process, are removed after a day', async () => {
  const { id } = await upload(ada.id, formRequest('hello'));
  await prisma().attachment.delete({ where: { id } });
  const { endpoint, credentials, bucket } = store;
  const client = new S3({ endpoint, credentials, region: 'us-east-1', forcePathStyle: true });
  await client.createMultipartUpload({ Bucket: bucket, Key: crypto.randomUUID() });
  await client.createMultipartUpload({ Bucket: bucket, Key: 'of-another-program' });

  await purge();
  expect(store.objects()).toContain(id);
  expect(store.unfinished()).toHaveLength(2);
  await purge(soon());
  expect(store.objects()).not.toContain(id);
  expect(store.unfinished()).toHaveLength(1);
});
