import { text } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { answer } from '@/lib/doors/rest/answer';
import { conflict } from '@/lib/platform/errors/error';
import { call, raw, serve } from '@/tests/support/api-server';

test('a handler gets the request’s method, path, query, headers and body, and its parameters', async () => {
  serve('echo', {
    post: async (request, { params }) => {
      const { pathname, searchParams } = new URL(request.url);
      const { headers } = request;
      const given = [headers.get('X-Given'), headers.get('x-missing'), headers.has('toString'), headers.get('__proto__')];
      const listed = Object.fromEntries(headers)['x-given'];
      const { method } = request;
      return answer({
        method,
        pathname,
        q: searchParams.get('q'),
        given,
        listed,
        ...(await params),
        body: await request.json(),
      });
    },
  });
  const body = JSON.stringify({ said: 'höllo' });
  const response = await call('/api/echo/a%20b?q=1%262', { method: 'POST', headers: { 'x-given': 'yes' }, body });
  expect(await response.json()).toEqual({
    ...{ method: 'POST', pathname: '/api/echo/a%20b', q: '1&2', given: ['yes', null, false, null], listed: 'yes', id: 'a b' },
    body: { said: 'höllo' },
  });
});

test('rarely used members of a request work too', async () => {
  serve('form', {
    post: async (request) => {
      const copy = request.clone();
      const form = await request.formData();
      return answer({ name: form.get('name'), used: request.bodyUsed, length: (await copy.text()).length > 0 });
    },
  });
  const form = new FormData();
  form.set('name', 'Ada');
  expect(await (await call('/api/form/1', { method: 'POST', body: form })).json()).toEqual({
    ...{ name: 'Ada', used: true, length: true },
  });
});

test('a method that is not there, and a path, are NOT_FOUND; HEAD is a GET without its body, and OPTIONS names the methods', async () => {
  serve('methods', { get: () => answer({ some: 'thing' }), delete: () => answer({}) });
  for (const [method, path] of [
    ['POST', '/api/methods/1'],
    ['PROPFIND', '/api/methods/1'],
    ['GET', '/api/nowhere/1'],
    ['OPTIONS', '/api/nowhere/1'],
  ] as const) {
    const response = await call(path, { method });
    expect([response.status, (await response.json()).error.code], method).toEqual([404, 'NOT_FOUND']);
  }
  const head = await raw('/api/methods/1', { method: 'HEAD' });
  expect([head.statusCode, head.headers['content-length'], await text(head)]).toEqual([200, '16', '']);
  const options = await raw('/api/methods/1', { method: 'OPTIONS' });
  expect([options.statusCode, options.headers.allow]).toEqual([204, 'DELETE, GET, HEAD, OPTIONS']);
});

test('a handler’s error is answered as a failure, and an unexpected one reveals nothing', async () => {
  serve('fails', {
    get: () => {
      throw conflict('There is one.');
    },
    post: async () => {
      throw new Error('the password of the database');
    },
  });
  expect((await call('/api/fails/1')).status).toBe(409);
  const response = await call('/api/fails/1', { method: 'POST' });
  expect(response.status).toBe(503);
  expect(await response.text()).not.toContain('password');
});

test('headers are written unchanged, and each cookie separately', async () => {
  serve('cookies', {
    get: () => {
      const response = answer({});
      response.headers.append('Set-Cookie', 'a=1; Path=/');
      response.headers.append('Set-Cookie', 'b=2');
      return response;
    },
  });
  const { headers } = await raw('/api/cookies/1');
  expect(headers['set-cookie']).toEqual(['a=1; Path=/', 'b=2']);
  expect(headers).toMatchObject({ 'content-type': 'application/json', 'content-length': '2' });
});

test('long JSON is compressed only for clients that accept gzip', async () => {
  const long = { text: 'word '.repeat(1_000) };
  serve('long', { get: () => answer(long), post: () => answer({ short: true }) });
  const take = async (encoding: string, method = 'GET') => {
    const response = await raw('/api/long/1', { method, headers: { 'accept-encoding': encoding } });
    return { headers: response.headers, bytes: Buffer.concat(await response.toArray()) };
  };
  for (const encoding of ['gzip', 'br, GZIP;q=0.5', '*']) {
    const { headers, bytes } = await take(encoding);
    expect(headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding', 'content-length': `${bytes.length}` });
    expect(bytes.length).toBeLessThan(500);
    expect(JSON.parse(gunzipSync(bytes).toString())).toEqual(long);
  }
  for (const encoding of ['', 'br', 'gzip;q=0', 'gzip; q=0.0, br'])
    expect(JSON.parse((await take(encoding)).bytes.toString())).toEqual(long);
  expect((await take('gzip', 'POST')).headers['content-encoding']).toBeUndefined();
});
