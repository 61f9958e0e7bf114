import { once } from 'node:events';
import { request as send } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { answer } from '@/lib/doors/rest/answer';
import { call, raw, serve, server, serverPort } from '@/tests/support/api-server';

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
  const socket = connect(serverPort(), '127.0.0.1');
  const heard = text(socket);
  socket.write(`POST /api/slow/1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${megabytes * 2 ** 20}\r\n\r\n`);
  for (let sent = 0; sent < megabytes; sent += 1) socket.write(Buffer.alloc(2 ** 20));
  await once(server, 'request');
  // As much as the kernel and the server buffer, and no more.
  await settled(() => socket.bytesWritten - socket.writableLength);
  expect(socket.writableLength).toBeGreaterThan((megabytes / 2) * 2 ** 20);
  reading.resolve();
  expect(await heard).toContain('"size":');
});

test('a handler learns that the client has disconnected', async () => {
  const [begun, gone] = [deferred<void>(), deferred<boolean>()];
  serve('left', {
    get: async ({ signal }) => {
      begun.resolve();
      await once(signal, 'abort');
      gone.resolve(signal.aborted);
      return answer({});
    },
  });
  const request = send({ host: '127.0.0.1', port: serverPort(), path: '/api/left/1' }).on('error', () => {});
  request.end();
  await begun.promise;
  request.destroy();
  expect(await gone.promise).toBe(true);
});

test('a body that breaks off is an error for its reader', async () => {
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
  const socket = connect(serverPort(), '127.0.0.1');
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

test('an answer that is shorter than announced, or breaks off, ends the connection', async () => {
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

/** A promise and its resolve function. */
function deferred<Value>() {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((keep) => {
    resolve = keep;
  });
  return { promise, resolve };
}

/** Waits until a number has not changed for a while. */
async function settled(measure: () => number): Promise<void> {
  for (let before = -1; before !== measure(); await new Promise((resolve) => setTimeout(resolve, 100))) before = measure();
}
