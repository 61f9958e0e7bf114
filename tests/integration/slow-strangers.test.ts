import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { enforceBodyTimeouts } from '@/boot/body-timeouts';
import { closeHttp, listen } from '@/boot/http';
import { readJson } from '@/lib/doors/rest/body';
import { createSocketServer } from '@/lib/doors/sockets/server';
import { allowSlowUpload, slowUploads } from '@/lib/platform/http/slow-uploads';
import { inContext } from '@/lib/platform/process/context';
import { eventually, until } from '@/tests/support/eventually';

// The real listener and Socket.IO, with shorter timeouts.
const patience = { wholeMs: 400, leastBytes: 100, paceMs: 400 };

const server = createServer({ connectionsCheckingInterval: 50 }, (request, response) => {
  response.setHeader('X-Request-Id', `${request.headers['x-request-id']}`);
  inContext({ requestId: `${request.headers['x-request-id']}` }, async () => {
    if (request.url === '/upload') allowSlowUpload();
    if (request.url === '/refused') return response.writeHead(401).end();
    const body = new ReadableStream({
      start: (to) =>
        void request
          .on('data', (chunk) => to.enqueue(chunk))
          .on('end', () => to.close())
          .on('error', (e) => to.error(e)),
    });
    const init = { method: 'POST', body, duplex: 'half' } as RequestInit;
    const code = await readJson(new Request('http://localhost', init)).then(
      () => 'read',
      (error) => error.code,
    );
    told.push(code);
    response.end(code);
  });
});
const told: string[] = [];
const sockets: Stranger[] = [];
let port = 0;

/** A raw connection, and its outcome. */
class Stranger {
  heard = '';
  isClosed = false;
  readonly #socket: Socket;
  #timer: NodeJS.Timeout | undefined;

  constructor() {
    this.#socket = connect(port, '127.0.0.1');
    this.#socket.setEncoding('utf8').on('data', (text) => {
      this.heard += text;
    });
    this.#socket.on('error', () => {});
    this.#socket.on('close', () => {
      this.isClosed = true;
      clearInterval(this.#timer);
    });
    sockets.push(this);
  }

  say(text: string): this {
    this.#socket.write(text);
    return this;
  }

  /** The head of a request with a body of 100,000 bytes. */
  begin(path: string, id = 'x'): this {
    return this.say(`POST ${path} HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: ${id}\r\nContent-Length: 100000\r\n\r\n`);
  }

  /** Sends so many bytes every 100 ms. */
  trickle(bytes = 1): this {
    this.#timer = setInterval(() => this.#socket.write('x'.repeat(bytes)), 100);
    return this;
  }

  leave(): void {
    clearInterval(this.#timer);
    this.#socket.destroy();
  }
}

beforeEach(async () => {
  if (port > 0) return;
  createSocketServer(server);
  enforceBodyTimeouts(server, patience);
  await listen(server, 0, '127.0.0.1');
  server.headersTimeout = patience.wholeMs;
  port = (server.address() as AddressInfo).port;
});
afterEach(() => {
  for (const stranger of sockets.splice(0)) stranger.leave();
  told.length = 0;
});

test('slow bodies and silent connections are cut off', async () => {
  const strangers = Array.from({ length: 60 }, (_, index) => {
    const stranger = new Stranger();
    if (index % 6 === 0) return stranger;
    if (index % 6 === 1) return stranger.say('GET / HTTP/1.1\r\n').trickle();
    const path = ['/', '/refused', '/socket.io/?EIO=4&transport=polling', '/socket.io/?EIO=4&transport=polling&sid=x'][
      index % 4
    ];
    return stranger.begin(`${path}`).trickle();
  });
  await until(() => strangers.every(({ isClosed }) => isClosed));
  await eventually(async () => expect(await connections()).toBe(0));
  expect(strangers.some(({ heard }) => heard.startsWith('HTTP/1.1 408 '))).toBe(true);
  // The route sees an aborted body, which is not an internal error.
  expect(told.length).toBeGreaterThan(5);
  expect(new Set(told)).toEqual(new Set(['VALIDATION_FAILED']));
});

test('an upload by a signed-in person may take long, while it moves', async () => {
  const sender = new Stranger().begin('/upload', 'known').trickle(100);
  const idler = new Stranger().begin('/upload', 'idler').say('{}');
  const stranger = new Stranger().begin('/', 'nobody').trickle(100);
  await until(() => idler.isClosed && stranger.isClosed);
  expect(sender.isClosed).toBe(false);
  const later = new Stranger().begin('/', 'later').trickle(100);
  await until(() => later.isClosed);
  expect(sender.isClosed).toBe(false);
  sender.leave();
  await until(() => slowUploads().size === 0);
});

test('a client that is done in time is answered, and may reuse the connection', async () => {
  const person = new Stranger();
  for (let turn = 1; turn <= 3; turn += 1) {
    person.say('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{').say('}');
    await until(() => person.heard.split('read').length === turn + 1);
  }
  const slow = new Stranger().begin('/');
  await until(() => slow.isClosed);
  expect(person.isClosed).toBe(false);
  person.leave();
  await closeHttp(server, 1_000);
});

const connections = () => new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)));
