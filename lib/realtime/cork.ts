import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Hands all that one turn of the event loop writes to a connection over to the kernel at once. Every write is a system call of
 * 7 to 8 µs otherwise, which is most of what delivering a message to a room costs.
 *
 * Installed where a connection becomes a WebSocket: the socket that Engine.IO shows for a polling client is one that many
 * requests share, and wrapping it at each of them would stack the wrappers up.
 */
export function corkConnections(httpServer: Server): void {
  // First in line: what answers the upgrade writes to it too.
  httpServer.prependListener('upgrade', (_request, stream) => cork(stream as Socket));
}

/** Since the beginning of this turn. */
const written = new Set<Socket>();

function cork(socket: Socket): void {
  const write = socket.write;
  socket.write = function corkedWrite(this: Socket, ...args: unknown[]): boolean {
    hold(socket);
    return Reflect.apply(write, socket, args) as boolean;
  } as Socket['write'];
}

/** cork() and uncork() count, so `ws`, which corks for the two halves of a frame, does not undo this. */
function hold(socket: Socket): void {
  if (written.has(socket)) return;
  if (written.size === 0) setImmediate(release);
  written.add(socket);
  socket.cork();
}

function release(): void {
  const sockets = [...written];
  written.clear();
  for (const socket of sockets) socket.uncork();
}
