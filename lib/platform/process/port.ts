import { randomInt } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';

// Below the ephemeral ports of outgoing connections, which start at 32768 (Linux) or 49152. A server on a port of this range finds it
// free again after a restart, however many clients reconnect meanwhile.
const [first, last] = [20_000, 32_767];

/** Ports that were handed out before: their new owner may not listen yet. */
const issued = new Set<number>();

/** A free port on the loopback interface, never the same one twice. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = randomInt(first, last + 1);
    if (issued.has(port) || !(await isPortFree(port))) continue;
    issued.add(port);
    return port;
  }
  throw new Error(`No free port found between ${first} and ${last} in a hundred attempts.`);
}

/** Whether no process listens on this port of the loopback interface. */
export const isPortFree = (port: number): Promise<boolean> =>
  tryPort(port, '127.0.0.1').then(
    () => true,
    () => false,
  );

/**
 * Checks that a server could listen on a port. Binds an outgoing connection to the port instead of listening, so that it accepts no
 * client connection, which would then be lost.
 * @throws the error that `listen` would throw
 */
export async function tryPort(port: number, host: string): Promise<void> {
  const { address, family } = await lookup(host);
  const [wildcard, loopback] = family === 6 ? ['::', '::1'] : ['0.0.0.0', '127.0.0.1'];
  const discard = { host: address === wildcard ? loopback : address, port: 9, timeout: 1_000 };
  const socket = connect({ ...discard, localAddress: address, localPort: port });
  await new Promise<void>((resolve, reject) => {
    for (const outcome of ['connect', 'timeout'] as const) socket.once(outcome, resolve);
    socket.once('error', (error: NodeJS.ErrnoException) => (error.syscall === 'bind' ? reject(error) : resolve()));
  }).finally(() => socket.destroy());
}
