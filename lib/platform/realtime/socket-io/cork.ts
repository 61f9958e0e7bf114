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

interface Connection {
  socket: Socket;
  /** it was written to in this turn */
  isHeld: boolean;
}

/**
 * Those that were written to since this turn began. A new array each time, and no Set: what a long-lived Set grows by is allocated among
 * what is old, and only a collection of all memory frees it (docs/decisions/017).
 */
let held: Connection[] = [];

function cork(socket: Socket): void {
  const connection = { socket, isHeld: false };
  const write = socket.write;
  socket.write = function corkedWrite(this: Socket, ...args: unknown[]): boolean {
    hold(connection);
    return Reflect.apply(write, socket, args) as boolean;
  } as Socket['write'];
}

/** cork() and uncork() count, so `ws`, which corks for the two halves of a frame, does not undo this. */
function hold(connection: Connection): void {
  if (connection.isHeld) return;
  if (held.length === 0) setImmediate(release);
  held.push(connection);
  connection.isHeld = true;
  connection.socket.cork();
}

/** Does so now, before the turn ends. */
export function release(): void {
  const connections = held;
  held = [];
  for (const connection of connections) {
    connection.isHeld = false;
    connection.socket.uncork();
  }
}
