import { io, type Socket } from 'socket.io-client';
import { ApiError, unreachable } from '@/client/api/api';
import { setConnected, setSignedOut } from '@/client/socket/connection';
import { reconnecting } from '@/client/socket/reconnecting';
import { firstTransports, followTransports } from '@/client/socket/transports';
import type { Ack, ServerEvents } from '@/lib/domain/contract';
import type { ClientRequests, DataOf } from '@/lib/domain/requests';

export type ClientSocket = Socket<ServerEvents, ClientRequests>;

const ackTimeoutMs = 10_000;
const reconnectDelayMs = 1_000;

let socket: ClientSocket | null = null;

/** Opens the only socket of this tab. The session cookie authenticates it. */
export function openSocket(): ClientSocket {
  socket = io({ ...firstTransports(), ...reconnecting });
  followTransports(socket);
  socket.on('connect', () => setConnected(true));
  socket.on('disconnect', (reason) => {
    setConnected(false);
    // Socket.IO does not reconnect after the server closed the socket: it stops, or ended the session. The next attempt shows which.
    if (reason === 'io server disconnect') setTimeout(reconnect, reconnectDelayMs * (1 + Math.random()));
  });
  socket.on('connect_error', (error) => {
    setConnected(false);
    const code = (error as Error & { data?: { code?: string } }).data?.code;
    if (code === 'UNAUTHENTICATED' || code === 'TOKEN_EXPIRED') setSignedOut();
    else if (socket && !socket.active) setTimeout(reconnect, reconnectDelayMs * (2 + Math.random()));
  });
  return socket;
}

export function closeSocket(): void {
  socket?.disconnect();
  socket = null;
}

/** Connects at once: after signing in again, or when the network is back. */
export function reconnect(): void {
  if (socket && !socket.connected) socket.connect();
}

export const isConnected = () => socket?.connected === true;

/**
 * Sends a request and waits for its ack.
 * @throws ApiError with the server's code; UNAVAILABLE without a connection, or without an ack within 10 s
 */
export async function request<Name extends keyof ClientRequests>(event: Name, input: unknown): Promise<DataOf<Name>> {
  if (!socket?.connected) throw unreachable();
  // Socket.IO's own types cannot express a generic event name.
  const withTimeout = socket.timeout(ackTimeoutMs) as unknown as {
    emitWithAck(name: Name, input: unknown): Promise<Parameters<Ack<DataOf<Name>>>[0]>;
  };
  const ack = await withTimeout.emitWithAck(event, input).catch(() => {
    throw unreachable();
  });
  if (!ack.ok) throw new ApiError(ack.error);
  return ack.data;
}

/** Emits an event without an ack. Does nothing without a connection. */
export function emit(event: keyof ClientRequests, input: unknown): void {
  if (socket?.connected) (socket as unknown as { emit(name: string, input: unknown): void }).emit(event, input);
}
