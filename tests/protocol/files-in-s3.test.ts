import { afterAll, beforeAll, expect, test } from 'vitest';
import { register, signIn } from '@/tests/support/client';
import { startStore, type TestStore } from '@/tests/support/s3';
import { type RunningServer, startServer } from '@/tests/support/server';

// The built server with a bucket: its bundled routes must store files where the configuration says.

let store: TestStore;
let server: RunningServer;
let authorization: string;

beforeAll(async () => {
  store = await startStore();
  server = await startServer({ ...store.variables, S3_SIGNED_URLS: 'true' });
  const person = { name: 'Ada', email: 'ada@parley.test', password: 'a password and a bucket' };
  await register(server.origin, person);
  authorization = `Bearer ${(await signIn(server.origin, person.email, person.password)).token}`;
});

afterAll(async () => {
  await server?.stop();
  await store?.down();
});

async function upload(content: string): Promise<Response> {
  const body = new FormData();
  body.append('file', new Blob([content]), 'letter.txt');
  return fetch(`${server.origin}/api/uploads`, { method: 'POST', headers: { authorization }, body });
}

test('the start prints where files are stored', () => {
  expect(server.output()).toContain(`in S3 bucket ${store.bucket} at ${new URL(store.endpoint).host}`);
});

test('an upload is in the bucket, and is fetched from it by a signed address', async () => {
  const { attachment } = (await (await upload('Dear Grace,')).json()) as { attachment: { id: string; url: string } };
  expect(store.objects()).toEqual([attachment.id]);
  const response = await fetch(server.origin + attachment.url, { headers: { authorization }, redirect: 'manual' });
  expect(response.status).toBe(302);
  expect(response.headers.get('location')).toMatch(new RegExp(`^${store.endpoint}/${store.bucket}/${attachment.id}\\?`));
  const followed = await fetch(server.origin + attachment.url, { headers: { authorization } });
  expect(await followed.text()).toBe('Dear Grace,');
  const head = await fetch(server.origin + attachment.url, { method: 'HEAD', headers: { authorization } });
  expect(head.headers.get('content-length')).toBe('11');
});

test('a page may load pictures from the store', async () => {
  const page = await fetch(`${server.origin}/sign-in`);
  expect(page.headers.get('content-security-policy')).toContain(`img-src 'self' data: blob: ${store.endpoint};`);
});

test('while the store is unreachable uploads are UNAVAILABLE, and the node stays ready', async () => {
  await store.down();
  const response = await upload('lost');
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
  expect((await fetch(`${server.origin}/api/health/ready`)).status).toBe(200);
  await store.up();
  expect((await upload('found')).status).toBe(201);
});
