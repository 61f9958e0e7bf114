import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

// Systems give connections that go out a port from 32768 (Linux) or 49152 on, so what listens in here finds its port again when it
// restarts, however many try to reach it meanwhile.
const [first, last] = [20_000, 32_767];

/** Whoever has one of them may not listen there yet. */
const given = new Set<number>();

/** A port of this machine's loopback on which nobody listens; another one each time. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = randomInt(first, last + 1);
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
  return listening(0);
}

/** Whether nobody listens on that port of this machine's loopback. */
export const isFree = (port: number): Promise<boolean> =>
  listening(port).then(
    () => true,
    () => false,
  );

/** @returns the port, which nobody has again */
async function listening(port: number): Promise<number> {
  const probe = createServer().listen(port, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('A server that listens has a port.');
  return address.port;
}
