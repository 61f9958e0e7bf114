import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '@/lib/platform/process/port';
import { startCaddy } from '@/tests/support/caddy';
import { Client, register, signIn } from '@/tests/support/client';
import { type ReverseProxy, startNginx } from '@/tests/support/nginx';
import { exchange } from '@/tests/support/raw-http';
import { type RunningServer, startServer } from '@/tests/support/server';

// A stranger who reaches the built server through a local proxy, so that every connection comes from this machine.

const proxies: Record<string, (node: number, port: number) => Promise<ReverseProxy>> = {
  nginx: (node, port) => startNginx([node], port),
  Caddy: startCaddy,
};

const setupCode = 'PARL-EYTE-STED';
const owner = { name: 'Ada', email: 'ada@parley.test', password: 'a password behind a proxy' };

/** Headers by which a stranger may pretend to be on this machine. */
const disguises: Record<string, string[]> = {
  'a local Host': ['Host: localhost'],
  'a local Host with a port': ['Host: 127.0.0.1:3000'],
  'two Hosts': ['Host: parley.test', 'Host: localhost'],
  'a local X-Forwarded-For': ['Host: localhost', 'X-Forwarded-For: 127.0.0.1'],
  'an empty X-Forwarded-For': ['Host: localhost', 'X-Forwarded-For:'],
  'many X-Forwarded-For': ['Host: localhost', 'X-Forwarded-For: 127.0.0.1', 'X-Forwarded-For: ::1'],
  'a local Forwarded': ['Host: localhost', 'Forwarded: for=127.0.0.1;host=localhost'],
  'a local X-Real-IP': ['Host: localhost', 'X-Real-IP: 127.0.0.1'],
  'our own header': ['Host: localhost', 'X-Parley-Address: 127.0.0.1'],
  'a local X-Forwarded-Host': ['Host: localhost', 'X-Forwarded-Host: localhost'],
};

/** Spellings of a path that a proxy blocks. */
const metrics = [
  '/api/metrics',
  '/api/metrics/',
  '//api/metrics',
  '/api//metrics',
  '/api/./metrics',
  '/x/../api/metrics',
  '/api/%6detrics',
  '/api/metrics%00',
  '/api/metrics;x=1',
  '/api/metrics%2f',
  '/api/metrics?x=/',
  '/API/metrics',
  '/api/metrics.txt',
  '/api/metrics.rsc',
  '/api/metrics#x',
  'http://localhost/api/metrics',
];

describe.each(Object.entries(proxies))('through %s', (_name, start) => {
  let server: RunningServer;
  let proxy: ReverseProxy;
  let port: number;

  beforeAll(async () => {
    port = await freePort();
    const environment = { PUBLIC_URL: `http://127.0.0.1:${port}`, TRUST_PROXY: '1', SETUP_CODE: setupCode };
    server = await startServer(environment);
    proxy = await start(server.port, port);
  });

  afterAll(async () => {
    await proxy?.stop();
    await server?.stop();
  });

  /** Sends raw bytes to the proxy. @returns everything received until it closes the connection */
  const raw = (request: string) => exchange(port, request);

  test.each(Object.entries(disguises))('%s makes nobody the owner without the setup code', async (_disguise, headers) => {
    const body = JSON.stringify({ ...owner, email: 'mallory@parley.test' });
    const length = `Content-Length: ${body.length}`;
    const lines = [
      'POST /api/auth/register HTTP/1.1',
      ...headers,
      'Content-Type: application/json',
      length,
      'Connection: close',
    ];
    const answer = await raw(`${lines.join('\r\n')}\r\n\r\n${body}`);
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
  });

  describe('with an owner', () => {
    beforeAll(() => register(proxy.origin, { ...owner, setupCode }));

    test.each(metrics)('%s shows no metrics', async (path) => {
      for (const headers of Object.values(disguises)) {
        const answer = await raw(`GET ${path} HTTP/1.1\r\n${headers.join('\r\n')}\r\nConnection: close\r\n\r\n`);
        expect(answer).not.toContain('# HELP');
        expect(answer).not.toMatch(/^HTTP\/1\.1 5/);
      }
    });

    test.each(smuggled())('%s smuggles in no second request', async (_trick, request) => {
      const answer = await raw(request);
      expect(answer).not.toContain('# HELP');
      expect(answer).not.toContain('smuggled');
      expect((await fetch(`${proxy.origin}/api/health/live`)).status).toBe(200);
    });

    test.each([
      'https://evil.example',
      'null',
      `https://127.0.0.1:PORT`,
      'http://127.0.0.1',
      'http://127.0.0.1:PORT.evil.example',
      'http://localhost:PORT',
    ])('a page of %s cannot sign anybody in, nor open a socket', async (given) => {
      const origin = given.replace('PORT', `${port}`);
      const answer = await fetch(`${proxy.origin}/api/auth/token`, {
        method: 'POST',
        headers: { origin, 'content-type': 'application/json', host: `127.0.0.1:${port}` },
        body: JSON.stringify(owner),
      });
      expect(answer.status).toBe(403);
      const { token } = await signIn(proxy.origin, owner.email, owner.password);
      const socket = new Client(proxy.origin, { token, origin });
      expect((await socket.refused()).data?.code).toBe('FORBIDDEN');
      socket.close();
    });

    test('an oversized header is refused, and the next request is served', async () => {
      const answer = await raw(`GET / HTTP/1.1\r\nHost: x\r\nCookie: ${'a=b; '.repeat(20_000)}\r\nConnection: close\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
      expect((await fetch(`${proxy.origin}/api/health/live`)).status).toBe(200);
    });
  });
});

/** Requests for which a proxy and a server may disagree on where they end (RFC 9112, 11.2). */
function smuggled(): [string, string][] {
  const inner = 'GET /api/metrics?smuggled HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 127.0.0.1\r\n\r\n';
  const start = 'POST /api/auth/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';
  const chunked = `0\r\n\r\n${inner}`;
  const both = (header: string) => `${start}Content-Length: 4\r\n${header}\r\nConnection: close\r\n\r\n${chunked}`;
  return [
    ['a length and chunks', both('Transfer-Encoding: chunked')],
    ['chunks with a blank before the colon', both('Transfer-Encoding : chunked')],
    ['chunks after a tab', both('Transfer-Encoding:\tchunked')],
    ['chunks by another name', both('Transfer-Encoding: xchunked')],
    ['chunks in two headers', both('Transfer-Encoding: identity\r\nTransfer-Encoding: chunked')],
    ['chunks on a folded line', both('Transfer-Encoding:\r\n chunked')],
    ['two lengths', `${start}Content-Length: 0\r\nContent-Length: ${inner.length}\r\nConnection: close\r\n\r\n${inner}`],
    ['a length with a sign', `${start}Content-Length: +0\r\nConnection: close\r\n\r\n${inner}`],
    ['a length in words', `${start}Content-Length: 0x0\r\nConnection: close\r\n\r\n${inner}`],
    [
      'a chunk whose length overflows',
      `${start}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\nffffffffffffffff0\r\n${inner}`,
    ],
    [
      'bare line feeds',
      `${start.replaceAll('\r\n', '\n')}Content-Length: 0\n\n${inner}`.replace('\n\n', '\nConnection: close\n\n'),
    ],
  ];
}
