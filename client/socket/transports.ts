import type { Socket } from 'socket.io-client';
import { readLocal, removeLocal, writeLocal } from '@/client/browser/local-storage';

/** A WebSocket that does not open in this time is blocked by a proxy. Browsers themselves would wait for minutes. */
const webSocketTimeoutMs = 5_000;
const pollingTimeoutMs = 20_000;
/** The server's limit for authentication after the connection opens (`connectTimeout`). */
const acceptTimeoutMs = 10_000;

const webSocketFirst = { transports: ['websocket', 'polling'], tryAllTransports: true, timeout: webSocketTimeoutMs };
/** Upgrades to a WebSocket as soon as one gets through. */
const pollingFirst = { transports: ['polling', 'websocket'], tryAllTransports: false, timeout: pollingTimeoutMs };

const storageKey = 'parley.polling';

/** The transports to start with: polling in a browser whose last WebSocket was blocked. */
export const firstTransports = () => (readLocal(storageKey) ? pollingFirst : webSocketFirst);

/**
 * Falls back to polling where a proxy silently drops WebSocket handshakes or frames, and returns to WebSockets when one gets through.
 * (Where a proxy rejects the handshake, Socket.IO falls back by itself.)
 */
export function followTransports(socket: Socket): void {
  const manager = socket.io;
  let current = firstTransports();
  let acceptTimer: ReturnType<typeof setTimeout> | undefined;
  const tryNext = (next: typeof current) => {
    current = next;
    Object.assign(manager.opts, { transports: next.transports, tryAllTransports: next.tryAllTransports });
    manager.timeout(next.timeout);
  };
  const onConnected = (transport: string) => {
    if (transport === 'websocket') {
      removeLocal(storageKey);
      tryNext(webSocketFirst);
    } else if (current === pollingFirst) writeLocal(storageKey, '1');
  };

  manager.on('open', () => {
    clearTimeout(acceptTimer);
    acceptTimer = setTimeout(() => {
      if (socket.connected || !socket.active) return;
      if (manager.engine.transport.name === 'websocket') tryNext(pollingFirst);
      manager.engine.close();
    }, acceptTimeoutMs);
  });
  manager.on('close', () => clearTimeout(acceptTimer));
  socket.on('connect', () => {
    clearTimeout(acceptTimer);
    onConnected(manager.engine.transport.name);
    manager.engine.once('upgrade', ({ name }) => onConnected(name));
  });
  socket.on('connect_error', (error) => {
    clearTimeout(acceptTimer);
    // A rejection by the server shows that the transport works.
    if ('data' in error && error.data) return;
    if (current === pollingFirst) tryNext(webSocketFirst);
    else if (error.message === 'timeout') tryNext(pollingFirst);
  });
}
