import type { Socket } from 'socket.io-client';
import { forgetHere, keepHere, recallHere } from '@/client/browser/kept';

/** A WebSocket is open within this, or something on the way swallows it: browsers themselves wait for minutes. */
const webSocketWithinMs = 5_000;
const pollingWithinMs = 20_000;
/** So long the server gives a connection to say whose it is (`connectTimeout`). */
const acceptedWithinMs = 10_000;

const webSocketFirst = { transports: ['websocket', 'polling'], tryAllTransports: true, timeout: webSocketWithinMs };
/** Goes on over a WebSocket as soon as one gets through. */
const pollingFirst = { transports: ['polling', 'websocket'], tryAllTransports: false, timeout: pollingWithinMs };

const keptAs = 'parley.polling';

/** How this browser begins: where the last WebSocket was swallowed it does not wait for another one. */
export const firstTransports = () => (recallHere(keptAs) ? pollingFirst : webSocketFirst);

/**
 * Polls where a proxy swallows WebSockets, their handshake or what they carry, and takes the WebSocket again when one gets
 * through. (Where the proxy refuses them, Socket.IO itself polls at once.)
 */
export function followTransports(socket: Socket): void {
  const manager = socket.io;
  let tried = firstTransports();
  let accepting: ReturnType<typeof setTimeout> | undefined;
  const tryNext = (next: typeof tried) => {
    tried = next;
    Object.assign(manager.opts, { transports: next.transports, tryAllTransports: next.tryAllTransports });
    manager.timeout(next.timeout);
  };
  const gotThrough = (transport: string) => {
    if (transport === 'websocket') {
      forgetHere(keptAs);
      tryNext(webSocketFirst);
    } else if (tried === pollingFirst) keepHere(keptAs, '1');
  };

  manager.on('open', () => {
    clearTimeout(accepting);
    accepting = setTimeout(() => {
      if (socket.connected || !socket.active) return;
      if (manager.engine.transport.name === 'websocket') tryNext(pollingFirst);
      manager.engine.close();
    }, acceptedWithinMs);
  });
  manager.on('close', () => clearTimeout(accepting));
  socket.on('connect', () => {
    clearTimeout(accepting);
    gotThrough(manager.engine.transport.name);
    manager.engine.once('upgrade', ({ name }) => gotThrough(name));
  });
  socket.on('connect_error', (error) => {
    clearTimeout(accepting);
    // A server that refuses has been reached.
    if ('data' in error && error.data) return;
    if (tried === pollingFirst) tryNext(webSocketFirst);
    else if (error.message === 'timeout') tryNext(pollingFirst);
  });
}
