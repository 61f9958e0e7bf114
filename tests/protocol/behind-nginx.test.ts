import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitUntil } from '@/lib/platform/process/alive';
import { freePort } from '@/lib/platform/process/port';
import { Client, register, signIn } from '@/tests/support/client';
import { type ReverseProxy, startNginx } from '@/tests/support/nginx';
import { type RunningServer, startServer } from '@/tests/support/server';

// The built server behind nginx with deploy/nginx.conf.

let server: RunningServer;
let nginx: ReverseProxy;
let token: string;
let conversationId: string;

const setupCode = 'PARL-EYTE-STED';

beforeAll(async () => {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  server = await startServer({ PUBLIC_URL: origin, TRUST_PROXY: '1', SETUP_CODE: setupCode });
  nginx = await startNginx([server.port], port);
  const person = { name: 'Ada', email: 'ada@parley.test', password: 'a password behind nginx' };
  await register(origin, { ...person, setupCode });
  ({ token } = await signIn(origin, person.email, person.password));
  const made = await call('/api/conversations', { body: JSON.stringify({ kind: 'group', name: 'Proxied' }) });
  conversationId = ((await made.json()) as { conversation: { id: string } }).conversation.id;
});

afterAll(async () => {
  await nginx?.stop();
  await server?.stop();
});

/** With a body it is a POST of JSON. */
function call(path: string, { body, headers = {} }: { body?: string; headers?: Record<string, string> } = {}) {
  return fetch(nginx.origin + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    body,
    redirect: 'manual',
  });
}

function send(bytes: Buffer): Promise<Response> {
  const form = new FormData();
  form.append('file', new Blob([bytes as BlobPart]), 'large.bin');
  return fetch(`${nginx.origin}/api/uploads`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: form });
}

test('pages come through, with their security policy and request id', async () => {
  const response = await fetch(`${nginx.origin}/sign-in`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'self'/);
  expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f]{32}$/);
  expect(await response.text()).toMatch(/^<!DOCTYPE html>/i);
});

test('a redirect stays at the public address', async () => {
  const response = await fetch(`${nginx.origin}/`, { redirect: 'manual' });
  expect(response.status).toBeGreaterThanOrEqual(300);
  expect(new URL(response.headers.get('location') ?? '', nginx.origin).origin).toBe(nginx.origin);
});

test.each([[['websocket']], [['polling']], [['polling', 'websocket']]])('a socket connects by %j', async (transports) => {
  const client = await new Client(nginx.origin, { token, transports }).connected();
  const carrier = () => client.socket.io.engine.transport.name;
  expect(await waitUntil(() => carrier() === transports.at(-1), 5_000)).toBe(true);
  const content = transports.join('-');
  await client.ask('message.send', { conversationId, clientMessageId: content, content });
  const { message, messages } = (await client.hear('message.received')) as { message?: object; messages?: object[] };
  expect(JSON.stringify(message ?? messages)).toContain(content);
  client.close();
});

test('a file of 30 MB uploads and downloads unchanged, also in ranges', async () => {
  const bytes = randomBytes(30_000_000);
  const response = await send(bytes);
  expect(response.status).toBe(201);
  const { attachment } = (await response.json()) as { attachment: { url: string } };
  const back = Buffer.from(await (await call(attachment.url)).arrayBuffer());
  const digest = (content: Buffer) => createHash('sha256').update(content).digest('hex');
  expect(digest(back)).toBe(digest(bytes));
  const part = await call(attachment.url, { headers: { range: 'bytes=1000-1009' } });
  expect(part.status).toBe(206);
  expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(1000, 1010))).toBe(true);
});

test('nginx refuses a body and a file over the limit', async () => {
  expect((await call('/api/conversations', { body: JSON.stringify({ name: 'x'.repeat(2_000_000) }) })).status).toBe(413);
  const control = new AbortController();
  const request = fetch(`${nginx.origin}/api/uploads`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'multipart/form-data; boundary=x' },
    body: Buffer.alloc(102 * 1024 * 1024),
    signal: control.signal,
  });
  // nginx answers and closes while the body is still being sent, so a client sees either.
  const status = await request.then(
    (response) => response.status,
    () => 413,
  );
  control.abort();
  expect(status).toBe(413);
});

test('metrics are closed to requests through nginx', async () => {
  expect((await call('/api/metrics')).status).toBe(404);
});

test('a client’s address is the one that nginx saw, whatever the client claims', async () => {
  const response = await call('/api/me/sessions', { headers: { 'x-forwarded-for': '203.0.113.9' } });
  expect(JSON.stringify(await response.json())).not.toContain('203.0.113.9');
});
