import { randomInt } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';

// Systems give connections that go out a port from 32768 (Linux) or 49152 on, so what listens in here finds its port again when it
// restarts, however many try to reach it meanwhile.
const [first, last] = [20_000, 32_767];

/** Whoever has one of them may not listen there yet. */
const given = new Set<number>();

/** A port of this machine's loopback on which nobody listens; another one each time. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = randomInt(first, last + 1);
    if (given.has(port) || !(await isPortFree(port))) continue;
    given.add(port);
    return port;
  }
  throw new Error(`Of a hundred ports from ${first} to ${last} none is free.`);
}

/** Whether nobody listens on that port of this machine's loopback. */
export const isPortFree = (port: number): Promise<boolean> =>
  tryPort(port, '127.0.0.1').then(
    () => true,
    () => false,
  );

/**
 * Throws what listening there would. Takes no connection meanwhile, which would be lost: the port is bound to one that goes out, to
 * where it does not matter whether anybody answers.
 */
export async function tryPort(port: number, host: string): Promise<void> {
  const { address, family } = await lookup(host);
  const [everywhere, loopback] = family === 6 ? ['::', '::1'] : ['0.0.0.0', '127.0.0.1'];
  const discard = { host: address === everywhere ? loopback : address, port: 9, timeout: 1_000 };
  const socket = connect({ ...discard, localAddress: address, localPort: port });
  await new Promise<void>((resolve, reject) => {
    for (const outcome of ['connect', 'timeout'] as const) socket.once(outcome, resolve);
    socket.once('error', (error: NodeJS.ErrnoException) => (error.syscall === 'bind' ? reject(error) : resolve()));
  }).finally(() => socket.destroy());
}
