import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { call, group, type Client as Person, person, refused } from '@/tests/protocol/support/rest';
import { Client } from '@/tests/support/client';
import { exchange, firstAnswer } from '@/tests/support/raw-http';

// Malformed requests of strangers and signed-in people to the built server. It must answer and keep running.

let mallory: Person;
let conversationId: string;
const port = () => Number(new URL(inject('origin')).port);

beforeAll(async () => {
  mallory = await person('Mallory');
  conversationId = (await group(mallory, [])).id;
});

afterEach(async () => {
  expect((await call('GET', '/api/health/live')).status).toBe(200);
});

/** @returns the status of the answer; 0 if the connection was closed without one */
async function raw(request: string): Promise<number> {
  const answer = await exchange(port(), request);
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
}

const get = (path: string, ...headers: string[]) =>
  raw(['GET ', path, ' HTTP/1.1\r\n', ['Host: localhost', 'Connection: close', ...headers].join('\r\n'), '\r\n\r\n'].join(''));

describe('a path', () => {
  test.each([
    '/api/../api/me',
    '/api//me',
    '/api/./me',
    '/api/%2e%2e/%2e%2e/etc/passwd',
    '/_next/../../package.json',
    '/_next/static/../../../package.json',
    '/_next/static/%2e%2e/%2e%2e/%2e%2e/package.json',
    '/_next/image?url=http%3A%2F%2F169.254.169.254%2F&w=64&q=75',
    '/_next/image?url=%2Fapi%2Fme&w=64&q=75',
    '/emojibase/en/..%2f..%2fpackage.json',
    '/emojibase/en/%2e%2e%2fpackage.json',
    '/api/uploads/..%2f..%2fsecret',
    `/api/uploads/${'%2e%2e%2f'.repeat(20)}secret`,
    '/api/me%00',
    '/%',
    '/%ff%fe',
    '/\\..\\package.json',
    '//evil.example/%2e%2e',
    'http://evil.example/api/me',
    `/${'a/'.repeat(4_000)}`,
    `/api/conversations?cursor=${'x'.repeat(10_000)}`,
    '/api/conversations?limit[]=1&limit[__proto__]=2',
    '/c/__proto__',
    '/c/constructor?m[]=1',
  ])('%s reveals nothing and breaks nothing', async (path) => {
    const answer = await exchange(port(), `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    expect(answer).not.toMatch(/^HTTP\/1\.1 5/);
    expect(answer).not.toMatch(/root:x:|"private": true|<title>Evil/);
    expect(answer).not.toMatch(/^location: *(https?:)?\/\/(?!localhost|127\.0\.0\.1)/im);
  });
});

describe('a header', () => {
  test.each<[string, string[]]>([
    ['Expect that nobody knows', ['Expect: 200-ok']],
    ['a name with a blank', ['X Y: z']],
    ['a value with a control character', ['X-Y: a\u0001b']],
    ['an upgrade to nothing', ['Upgrade: nothing', 'Connection: Upgrade']],
    ['an upgrade to HTTP/2', ['Upgrade: h2c', 'Connection: Upgrade, HTTP2-Settings', 'HTTP2-Settings: AAMAAABk']],
    ['a range of everything', ['Range: bytes=0-,0-,0-,0-,0-,0-,0-,0-']],
    ['a date of no time', ['If-Modified-Since: x', 'If-None-Match: ,,,"']],
    ['two hundred headers', Array.from({ length: 200 }, (_, index) => `X-${index}: y`)],
    [
      'Next.js’ own headers',
      ['X-Middleware-Subrequest: middleware:middleware', 'X-Nextjs-Data: 1', 'X-Invoke-Path: /c/x', 'RSC: 1'],
    ],
    ['a server action', ['Next-Action: 00', 'Content-Type: text/plain']],
    ['a broken cookie', ['Cookie: =;;a;b==;"; \u00ff=\u00fe; __proto__=x; constructor=y']],
    ['a language of nowhere', ['Accept-Language: xx-invalid, *;q=9, \u00e9', 'Accept: */*;q=x']],
  ])('with %s is answered', async (_name, headers) => {
    for (const path of ['/sign-in', '/api/me']) expect(await get(path, ...headers)).toBeLessThan(500);
  });

  test('that imitates an internal Next.js request gets nobody in', async () => {
    const spoofed = [
      'X-Middleware-Subrequest: src/middleware:src/middleware',
      'RSC: 1',
      'Next-Router-Prefetch: 1',
      'X-Matched-Path: /',
    ];
    const answer = await exchange(
      port(),
      `GET /c/${conversationId} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${spoofed.join('\r\n')}\r\n\r\n`,
    );
    expect(answer).not.toContain('Design');
  });
});

describe('a body', () => {
  const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
  const messages = () => `/api/conversations/${conversationId}/messages`;

  test('nested too deeply is refused', async () => {
    refused(await call('POST', messages(), `{"content":${nested(20_000)}}`, mallory.token), 400, 'VALIDATION_FAILED');
    refused(
      await call('POST', messages(), `{"content":"x","metadata":${nested(20_000)}}`, mallory.token),
      400,
      'VALIDATION_FAILED',
    );
    refused(await call('POST', messages(), '['.repeat(200_000), mallory.token), 400, 'VALIDATION_FAILED');
  });

  test('with prototype names as keys changes no object', async () => {
    const body = '{"content":"x","__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}}';
    const { status, data } = await call('POST', messages(), body, mallory.token);
    expect(status).toBe(201);
    expect(data.message.isAdmin).toBeUndefined();
    expect(data.message.metadata).toBeNull();
  });

  test('that is compressed is not decompressed', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024));
    const answer = await call('POST', messages(), new Uint8Array(bomb), mallory.token, { 'content-encoding': 'gzip' });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  });

  test.each([
    ['thousands of parts', `${'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n'.repeat(4_000)}--x--\r\n`],
    ['an endless head of a part', `--x\r\nContent-Disposition: form-data; name="${'a'.repeat(200_000)}"\r\n\r\nb\r\n--x--\r\n`],
    ['many heads in a part', `--x\r\n${'X-A: b\r\n'.repeat(20_000)}\r\nb\r\n--x--\r\n`],
    ['no end', '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nb'],
    ['no beginning', 'nothing of the kind'],
    ['many files', `${'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nb\r\n'.repeat(1_000)}--x--\r\n`],
  ])('of a form with %s is refused', async (_name, body) => {
    const type = { 'content-type': 'multipart/form-data; boundary=x' };
    const { status } = await call('POST', '/api/uploads', body, mallory.token, type);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });

  test.each([
    'multipart/form-data',
    'multipart/form-data; boundary=',
    `multipart/form-data; boundary=${'x'.repeat(5_000)}`,
    'text/html',
  ])('of the type %s is refused', async (type) => {
    const { status } = await call('POST', '/api/uploads', 'x', mallory.token, { 'content-type': type });
    expect([400, 415]).toContain(status);
  });
});

test('of a form refused before its end leaves its connection usable for the next request', async () => {
  const body = `${'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n'.repeat(4_000)}--x--\r\n`;
  const head = ['Host: localhost', `Authorization: Bearer ${mallory.token}`, 'Content-Type: multipart/form-data; boundary=x'];
  const upload = ['POST /api/uploads HTTP/1.1', ...head, `Content-Length: ${body.length}`, '', body].join('\r\n');
  const answers = await exchange(
    port(),
    `${upload}GET /api/health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
  );
  expect(answers.match(/HTTP\/1\.1 \d{3}/g)).toEqual(['HTTP/1.1 400', 'HTTP/1.1 200']);
});

describe('a socket', () => {
  test('that sends deep, long or foreign data is answered, and stays open', async () => {
    const socket = await new Client(inject('origin'), { token: mallory.token }).connected();
    let deep: object = {};
    for (let depth = 0; depth < 3_000; depth += 1) deep = { a: deep };
    const emit = (event: string, payload: unknown) =>
      new Promise<{ ok: boolean }>((resolve) =>
        (socket.socket as never as { emit: (...args: unknown[]) => void }).emit(event, payload, resolve),
      );
    for (const payload of [
      deep,
      { conversationId, content: deep },
      [],
      null,
      7,
      'x'.repeat(100_000),
      { __proto__: { conversationId } },
    ])
      expect(await emit('message.send', payload)).toMatchObject({ ok: false, error: { code: 'VALIDATION_FAILED' } });
    for (const event of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '', 'x'.repeat(10_000)])
      expect(await emit(event, {})).toMatchObject({ ok: false });
    const metadata = JSON.parse('{"__proto__":{"polluted":true}}') as object;
    const sent = { conversationId, clientMessageId: randomUUID(), content: 'after all that', metadata };
    expect(await emit('message.send', sent)).toMatchObject({ ok: true });
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    socket.close();
  });

  test.each<[string, string[]]>([
    ['another subprotocol', ['Sec-WebSocket-Protocol: mqtt, x']],
    ['an extension with odd parameters', ['Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=99999']],
    ['another version', ['Sec-WebSocket-Version: 99']],
    ['a key that is none', ['Sec-WebSocket-Key: x']],
    ['a transport of its own', []],
  ])('with %s is refused or accepted, and breaks nothing', async (name, headers) => {
    const transport = name.startsWith('a transport') ? '__proto__' : 'websocket';
    const standard = ['Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='];
    const given = headers.map((header) => header.split(':')[0]);
    const lines = ['Host: localhost', 'Upgrade: websocket', 'Connection: Upgrade', ...standard, ...headers];
    const kept = lines.filter(
      (line, index) => index >= lines.length - headers.length || !given.includes(line.split(':')[0] ?? ''),
    );
    const answer = await firstAnswer(
      port(),
      `GET /socket.io/?EIO=4&transport=${transport} HTTP/1.1\r\n${kept.join('\r\n')}\r\n\r\n`,
    );
    expect(answer).not.toMatch(/^HTTP\/1\.1 5/);
  });
});
