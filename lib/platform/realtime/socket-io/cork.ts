import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Passes all writes to a connection in one turn of the event loop to the kernel at once. Otherwise each write is a system call of
 * 7 to 8 µs, most of the cost of a delivery. It is installed when a connection becomes a WebSocket. The socket of a polling
 * client is shared by many requests, and each of them would add a wrapper.
 */
export function corkConnections(httpServer: Server): void {
  // The first listener, because the answer to the upgrade is written here too.
  httpServer.prependListener('upgrade', (_request, stream) => cork(stream as Socket));
}

interface Connection {
  socket: Socket;
  /** whether it was written to in this turn */
  isHeld: boolean;
}

/**
 * The connections that were written to in this turn. A new array each turn, and no Set: the table of a long-lived Set is
 * allocated in the old generation, and only a full collection frees it (docs/decisions/017).
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

/** cork() and uncork() count, so `ws`, which corks for the two halves of a frame, does not cancel this. */
function hold(connection: Connection): void {
  if (connection.isHeld) return;
  if (held.length === 0) setImmediate(release);
  held.push(connection);
  connection.isHeld = true;
  connection.socket.cork();
}

/** Writes now, before the turn ends. */
export function release(): void {
  const connections = held;
  held = [];
  for (const connection of connections) {
    connection.isHeld = false;
    connection.socket.uncork();
  }
}
