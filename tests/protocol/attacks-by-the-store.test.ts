import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { register, signIn } from '@/tests/support/client';
import { startStore, type TestStore } from '@/tests/support/s3';
import { type RunningServer, startServer } from '@/tests/support/server';

// A lying, broken or compromised file store: its answers can become files at most, never pages, and they delay nobody.

let store: TestStore;
let server: RunningServer;
let authorization: string;
let url: string;

const content = 'Dear Grace, here is what I promised you.';

beforeAll(async () => {
  store = await startStore();
  server = await startServer(store.variables);
  const person = { name: 'Ada', email: 'ada@parley.test', password: 'a password and a bucket' };
  await register(server.origin, person);
  authorization = `Bearer ${(await signIn(server.origin, person.email, person.password)).token}`;
  const body = new FormData();
  body.append('file', new Blob([content]), 'letter.txt');
  const answer = await fetch(`${server.origin}/api/uploads`, { method: 'POST', headers: { authorization }, body });
  ({ url } = ((await answer.json()) as { attachment: { url: string } }).attachment);
});

afterAll(async () => {
  await server?.stop();
  await store?.down();
});

afterEach(async () => {
  store.answerInstead(null);
  expect(await (await load()).text()).toBe(content);
});

const load = (headers = {}) => fetch(server.origin + url, { headers: { authorization, ...headers } });

const told = (answer: Promise<Response>) =>
  answer.then(
    async (response) => ({ status: response.status, text: await response.text().catch(() => 'cut off') }),
    () => ({ status: 0, text: 'cut off' }),
  );

test.each([
  ['less than it said', 'Dear'],
  ['nothing', ''],
])('a store that sends %s ends the download visibly incomplete', async (_name, body) => {
  store.answerInstead({ request: /^GET \/[^?]*\/[0-9a-f-]{36}/, answer: { status: 200, headers: {}, body } });
  expect((await told(load())).text).toBe('cut off');
});

test('a store that sends more than announced gives nobody more', async () => {
  const answer = { status: 200, headers: {}, body: `${content}<script>alert(1)</script>` };
  store.answerInstead({ request: /^GET \/[^?]*\/[0-9a-f-]{36}/, answer });
  expect((await told(load())).text).not.toContain('<script>');
});

test('a store’s response headers reach no browser', async () => {
  const headers = {
    'Content-Type': 'text/html',
    'Content-Disposition': 'inline',
    'Set-Cookie': 'evil=1',
    'Access-Control-Allow-Origin': '*',
  };
  store.answerInstead({ request: /^GET \/[^?]*\/[0-9a-f-]{36}/, answer: { status: 200, headers, body: content } });
  const response = await load();
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(response.headers.get('content-disposition')).toMatch(/^attachment/);
  expect(response.headers.get('set-cookie')).toBeNull();
  expect(response.headers.get('access-control-allow-origin')).toBeNull();
  expect(response.headers.get('content-security-policy')).toContain('sandbox');
});

test.each([
  ['a redirect elsewhere', 301, { Location: 'http://127.0.0.1:1/' }, ''],
  ['an error in HTML', 500, { 'Content-Type': 'text/html' }, '<h1>oops</h1>'],
  ['XML that never ends well', 403, { 'Content-Type': 'application/xml' }, '<Error><Code>'],
  [
    'entities of entities',
    403,
    { 'Content-Type': 'application/xml' },
    '<!DOCTYPE a [<!ENTITY b "c">]><Error><Code>&b;</Code></Error>',
  ],
])('a store that answers with %s counts as unreachable', async (_name, status, headers, body) => {
  store.answerInstead({ request: /[0-9a-f-]{36}/, answer: { status, headers: headers as Record<string, string>, body } });
  const answer = await told(load());
  expect(answer.status).toBe(503);
  expect(answer.text).toContain('UNAVAILABLE');
});
