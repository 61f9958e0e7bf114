import { once } from 'node:events';
import { createServer } from 'node:http';
import { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { closeHttp, listen, requirePort } from '@/boot/http';
import { freePort } from '@/lib/platform/process/port';

test('a start fails for a port in use, and for an address of another machine', async () => {
  const port = await freePort();
  for (const host of ['127.0.0.1', '0.0.0.0']) await requirePort(port, host);
  const server = createServer().listen(port, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  for (const host of ['127.0.0.1', '0.0.0.0'])
    await expect(requirePort(port, host)).rejects.toThrow(`port ${port} is taken by another program`);
  await expect(requirePort(port, '192.0.2.1')).rejects.toThrow('this machine has no address 192.0.2.1');
});

test('no connection is accepted while a start checks whether its port is free', async () => {
  const port = await freePort();
  const knocking = new Worker(knocks, { eval: true, workerData: port });
  onTestFinished(() => void knocking.terminate());
  await once(knocking, 'message');
  for (let times = 0; times < 500; times += 1) await requirePort(port, '127.0.0.1');
  knocking.postMessage('enough');
  const [outcomes] = await once(knocking, 'message');
  expect(outcomes).toEqual(['ECONNREFUSED']);
});

/** A worker thread that tries to connect until it is told to stop, and reports when it has started and what happened. */
const knocks = `
  const { connect } = require('node:net');
  const { parentPort, workerData } = require('node:worker_threads');
  const outcomes = new Set();
  let enough = false;
  parentPort.once('message', () => { enough = true; });
  const again = (outcome) => {
    if (outcomes.size === 0) parentPort.postMessage('begun');
    outcomes.add(outcome);
    if (enough) parentPort.postMessage([...outcomes]);
    else knock();
  };
  const knock = () => {
    const socket = connect(workerData, '127.0.0.1');
    socket.once('connect', () => { socket.destroy(); again('let in'); });
    socket.once('error', ({ code }) => again(code));
  };
  knock();
`;

test('a connection that is pending when the server closes is answered', async () => {
  const server = createServer((_, response) => response.end('answered'));
  const port = await listen(server, 0, '127.0.0.1');
  const knocked = new Int32Array(new SharedArrayBuffer(4));
  const knocking = new Worker(knocksOnce, { eval: true, workerData: { port, knocked } });
  const answer = once(knocking, 'message');
  // This thread does not see it before it closes, as when it is busy.
  Atomics.wait(knocked, 0, 0, 10_000);
  await closeHttp(server, 5_000);
  expect((await answer)[0]).toBe('answered');
});

/** Connects, reports it, sends a request, and reports the outcome. */
const knocksOnce = `
  const { connect } = require('node:net');
  const { parentPort, workerData: { port, knocked } } = require('node:worker_threads');
  let heard = '';
  const socket = connect(port, '127.0.0.1', () => {
    socket.write('GET / HTTP/1.1\\r\\nHost: here\\r\\nConnection: close\\r\\n\\r\\n');
    Atomics.store(knocked, 0, 1);
    Atomics.notify(knocked, 0);
  });
  socket.on('data', (chunk) => { heard += chunk; });
  socket.on('error', ({ code }) => { heard = code; });
  socket.on('close', () => parentPort.postMessage(heard.includes('answered') ? 'answered' : heard));
`;
