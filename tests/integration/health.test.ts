import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { GET as live } from '@/app/api/health/live/route';
import { GET as ready } from '@/app/api/health/ready/route';
import { ask } from '@/tests/support/requests';

// A proxy between Parley and PostgreSQL that can go silent without closing a connection.
const real = new URL(process.env.DATABASE_URL ?? '');
const upstreams = new Set<Socket>();
let silent = false;
const between = createServer((socket) => {
  const upstream = connect(Number(real.port), real.hostname);
  upstreams.add(upstream);
  socket.pipe(upstream).pipe(socket);
  if (silent) upstream.pause();
  for (const end of [socket, upstream]) end.on('error', () => {});
  socket.on('close', () => upstream.destroy());
}).listen(0, '127.0.0.1');
await once(between, 'listening');
process.env.DATABASE_URL = Object.assign(new URL(real), { port: `${(between.address() as AddressInfo).port}` }).href;

afterAll(() => void between.close());

test('ready means that PostgreSQL answers, and absent services are not mentioned', async () => {
  expect(await ask(ready)).toMatchObject({ status: 200 });
  expect((await ask(ready)).body).toEqual({ status: 'ready' });
});

test('while PostgreSQL is silent a node is live and not ready, and says so soon; afterwards it is ready again', async () => {
  silent = true;
  for (const upstream of upstreams) upstream.pause();
  const began = performance.now();
  expect(await ask(ready)).toMatchObject({ status: 503, body: { error: { code: 'UNAVAILABLE' } } });
  expect(performance.now() - began).toBeLessThan(4_000);
  expect([live().status, await live().json()]).toEqual([200, { status: 'live' }]);
  silent = false;
  for (const upstream of upstreams) upstream.resume();
  await expect.poll(async () => (await ask(ready)).status, { timeout: 10_000 }).toBe(200);
});
