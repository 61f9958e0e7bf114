import { once } from 'node:events';
import { createServer, type IncomingMessage, request as send } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hurryBodies } from '@/boot/patience';
import { answer } from '@/lib/doors/rest/answer';
import { apiListener } from '@/lib/doors/rest/listener';
import { type RouteHandler, type RouteModule, RouteTable } from '@/lib/doors/rest/routing';
import { conflict } from '@/lib/platform/errors/error';

// Handlers behind a real HTTP server, as the API's are.

const routes = new RouteTable<RouteModule>();
const server = createServer((request, response) => {
  apiListener(routes)(request, response).catch(() => response.destroy());
});
let port = 0;

beforeAll(async () => {
  hurryBodies(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  port = (server.address() as AddressInfo).port;
});
afterAll(() => void server.close());

const serve = (name: string, { get: GET, post: POST, delete: DELETE }: Record<string, RouteHandler>) =>
  routes.add(['api', name, '[id]'], { ...(GET && { GET }), ...(POST && { POST }), ...(DELETE && { DELETE }) });

const call = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init);

/** An answer as it comes, without fetch, which unpacks and follows by itself. */
async function raw(
  path: string,
  options: { method?: string; headers?: Record<string, string> } = {},
): Promise<IncomingMessage> {
  const [response] = await once(send({ host: '127.0.0.1', port, path, ...options }).end(), 'response');
  return response;
}

test('a handler gets method, path, query, headers and body of what was sent, and its parameters', async () => {
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

test('what is seldom asked of a request is there too', async () => {
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

test('what a handler throws is answered as a failure, and what nobody expected says nothing of itself', async () => {
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

test('headers are written as they were given, and every cookie by itself', async () => {
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

test('long JSON is packed for whoever takes gzip, and for nobody else', async () => {
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

test('a body is taken no faster than it is read', async () => {
  const reading = deferred<void>();
  serve('slow', {
    post: async (request) => {
      const reader = request.body?.getReader();
      await reader?.read();
      await reading.promise;
      let size = 0;
      for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) size += read.value.length;
      return answer({ size });
    },
  });
  const megabytes = 64;
  const socket = connect(port, '127.0.0.1');
  const heard = text(socket);
  socket.write(`POST /api/slow/1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${megabytes * 2 ** 20}\r\n\r\n`);
  for (let sent = 0; sent < megabytes; sent += 1) socket.write(Buffer.alloc(2 ** 20));
  await once(server, 'request');
  // All that the kernel and the server keep of it, and then nothing more.
  await settled(() => socket.bytesWritten - socket.writableLength);
  expect(socket.writableLength).toBeGreaterThan((megabytes / 2) * 2 ** 20);
  reading.resolve();
  expect(await heard).toContain('"size":');
});

test('a handler learns that whoever asked went away', async () => {
  const [begun, gone] = [deferred<void>(), deferred<boolean>()];
  serve('left', {
    get: async ({ signal }) => {
      begun.resolve();
      await once(signal, 'abort');
      gone.resolve(signal.aborted);
      return answer({});
    },
  });
  const request = send({ host: '127.0.0.1', port, path: '/api/left/1' }).on('error', () => {});
  request.end();
  await begun.promise;
  request.destroy();
  expect(await gone.promise).toBe(true);
});

test('a body that breaks off is an error to who reads it', async () => {
  const outcome = deferred<string>();
  serve('broken', {
    post: async (request) => {
      await request.text().then(
        () => outcome.resolve('read'),
        () => outcome.resolve('broken'),
      );
      return answer({});
    },
  });
  const socket = connect(port, '127.0.0.1');
  socket.write('POST /api/broken/1 HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf');
  await once(server, 'request');
  socket.destroy();
  expect(await outcome.promise).toBe('broken');
});

test('a file goes out no faster than it is read, and is let go when its reader leaves', async () => {
  let pulled = 0;
  const cancelled = deferred<void>();
  const body = () =>
    new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(2 ** 20));
      },
      cancel: () => cancelled.resolve(),
    });
  serve('endless', { get: () => new Response(body()) });
  const response = await raw('/api/endless/1');
  response.pause();
  await settled(() => pulled);
  expect(pulled).toBeLessThan(64);
  response.destroy();
  await cancelled.promise;
});

test('an answer that is shorter than it promised, or breaks off, is none', async () => {
  serve('short', {
    get: () => new Response(new Blob(['short']).stream(), { headers: { 'Content-Length': '10' } }),
    post: () =>
      new Response(
        new ReadableStream({
          start: (controller) => controller.enqueue(new Uint8Array(10)),
          pull: (controller) => controller.error(new Error('The store is away.')),
        }),
      ),
  });
  for (const method of ['GET', 'POST'])
    await expect(call('/api/short/1', { method }).then((response) => response.arrayBuffer())).rejects.toThrow();
});

/** A promise, and the way to keep it. */
function deferred<Value>() {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((keep) => {
    resolve = keep;
  });
  return { promise, resolve };
}

/** Waits until a number has been the same for a while: nothing moves any more. */
async function settled(measure: () => number): Promise<void> {
  for (let before = -1; before !== measure(); await new Promise((resolve) => setTimeout(resolve, 100))) before = measure();
}
