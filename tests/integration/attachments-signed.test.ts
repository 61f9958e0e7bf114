import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeFiles, openFiles } from '@/boot/files';
import { setSecurityHeaders } from '@/boot/headers';
import { upload } from '@/lib/domain/attachments/attachment';
import { serveAttachment } from '@/lib/domain/attachments/serving';
import { env } from '@/lib/platform/env/env';
import { resetSingleton } from '@/lib/platform/process/singleton';
import { StartupError } from '@/lib/platform/process/startup-error';
import { storage } from '@/lib/platform/storage/storage';
import { insertGroup, insertMessage } from '@/tests/support/conversations';
import { cast, type Person } from '@/tests/support/people';
import { startStore, type TestStore } from '@/tests/support/s3';
import { formRequest, photo } from '@/tests/support/uploads';

let store: TestStore;
let ada: Person;
let grace: Person;
let mallory: Person;

beforeAll(async () => {
  store = await startStore();
  Object.assign(process.env, store.variables, { S3_SIGNED_URLS: 'true' });
  ({ ada, grace, mallory } = await cast('ada', 'grace', 'mallory'));
});

afterAll(() => store.down());

const get = (person: Person, id: string, { method = 'GET', thumbnail = false } = {}) =>
  serveAttachment(person.id, id, new Request('http://parley.test/', { method }), { thumbnail });

const addressOf = (response: Response) => response.headers.get('location') ?? '';

async function sent(request: Request): Promise<string> {
  const { id } = await upload(ada.id, request);
  await insertMessage(await insertGroup([ada, grace]), ada, '', [id]);
  return id;
}

test('a person who may see a file is redirected to an address valid for a minute, which is not cached', async () => {
  const id = await sent(formRequest('<script>alert(1)</script>', 'é.html'));
  const response = await get(grace, id);
  expect(response.status).toBe(302);
  expect(response.headers.get('cache-control')).toBe('private, no-store');
  expect(response.headers.get('referrer-policy')).toBe('no-referrer');
  expect(new URL(addressOf(response)).searchParams.get('X-Amz-Expires')).toBe('60');

  const file = await fetch(addressOf(response), { headers: { range: 'bytes=0-7' } });
  expect(await file.text()).toBe('<script>');
  expect(file.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(file.headers.get('content-disposition')).toBe(`attachment; filename="_.html"; filename*=UTF-8''%C3%A9.html`);
});

test('a person who may not see it is not redirected', async () => {
  const id = await sent(formRequest('hello'));
  await expect(get(mallory, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('an address opens one file, exactly as it was signed', async () => {
  const address = new URL(addressOf(await get(grace, await sent(formRequest('hello', 'a.txt')))));
  const other = new URL(address);
  other.pathname = `/${store.bucket}/${await sent(formRequest('secret'))}`;
  expect((await fetch(other)).status).toBe(403);
  const shown = new URL(address);
  shown.searchParams.set('response-content-type', 'text/html');
  expect((await fetch(shown)).status).toBe(403);
  const longer = new URL(address);
  longer.searchParams.set('X-Amz-Expires', '3600');
  expect((await fetch(longer)).status).toBe(403);
});

test('a thumbnail is served from the store too, and the page may load it', async () => {
  const id = await sent(formRequest(await photo('jpeg'), 'photo.jpg'));
  const thumbnail = await fetch(addressOf(await get(grace, id, { thumbnail: true })));
  expect(thumbnail.headers.get('content-type')).toBe('image/webp');
  await openFiles();
  const headers = new Map<string, string>();
  const response = { setHeader: (name: string, value: string) => headers.set(name, value) };
  setSecurityHeaders({ url: '/', headers: {} } as IncomingMessage, response as unknown as ServerResponse, false);
  expect(headers.get('Content-Security-Policy')).toContain(`img-src 'self' data: blob: ${store.endpoint};`);
});

test('sound comes through Parley, because a player reads it in ranges for minutes', async () => {
  const wav = Buffer.alloc(64);
  wav.write('RIFF', 0);
  wav.write('WAVEfmt ', 8);
  expect((await get(grace, await sent(formRequest(wav, 'a.wav')))).status).toBe(200);
});

test('HEAD is answered by Parley', async () => {
  expect((await get(grace, await sent(formRequest('hello')), { method: 'HEAD' })).status).toBe(200);
});

test('the start prints where files are stored', () => {
  expect(describeFiles()).toBe(
    `in S3 bucket ${store.bucket} at ${new URL(store.endpoint).host}, read there by signed addresses`,
  );
});

/** Starts with other settings: recreates what the process caches. */
async function startWith(changed: Partial<ReturnType<typeof env>>): Promise<void> {
  const before = { ...env() };
  Object.assign(env(), changed);
  resetSingleton('storage');
  try {
    await openFiles();
  } finally {
    Object.assign(env(), before);
    resetSingleton('storage');
  }
}

test('a start with a missing bucket, or wrong keys, is refused in one line', async () => {
  await expect(startWith({ S3_BUCKET: 'another' })).rejects.toThrow(
    /^the bucket another of S3_BUCKET cannot be used \(NoSuchBucket\)\. Correct the S3_ variables, or make the bucket\.$/,
  );
  const wrong = startWith({ S3_SECRET_ACCESS_KEY: 'hunter2' });
  await expect(wrong).rejects.toBeInstanceOf(StartupError);
  await expect(wrong).rejects.toThrow(/^the bucket .* cannot be used \(SignatureDoesNotMatch\)\./);
  await expect(wrong).rejects.not.toThrow(/hunter2/);
});

test('a start while the store is unreachable succeeds', async () => {
  await store.down();
  await expect(startWith({})).resolves.toBeUndefined();
  await store.up();
  expect(await storage().size(crypto.randomUUID())).toBeNull();
});
