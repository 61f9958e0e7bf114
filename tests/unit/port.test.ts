import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { freePort, isPortFree } from '@/lib/platform/process/port';

test('a free port is outside the ephemeral range, and stays free until a server listens', async () => {
  const port = await freePort();
  expect(port).toBeGreaterThanOrEqual(20_000);
  expect(port).toBeLessThan(32_768);
  const server = createServer().listen(port, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  expect(await isPortFree(port)).toBe(false);
  expect(await freePort()).not.toBe(port);
});

test('a port that is reserved and not listened on yet is not given out twice', async () => {
  const ports = new Set<number>();
  for (let times = 0; times < 500; times += 1) ports.add(await freePort());
  expect(ports.size).toBe(500);
});
