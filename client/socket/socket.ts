import { io, type Socket } from 'socket.io-client';
import { ApiError, unreachable } from '@/client/api/api';
import { setConnected, setSignedOut } from '@/client/socket/connection';
import { reconnecting } from '@/client/socket/reconnecting';
import { firstTransports, followTransports } from '@/client/socket/transports';
import type { Ack, ClientEvents, DataOf, ServerEvents } from '@/lib/domain/contract';

export type ClientSocket = Socket<ServerEvents, ClientEvents>;

const answerWithinMs = 10_000;
const comeBackAfterMs = 1_000;

let socket: ClientSocket | null = null;

/** The tab's one socket: the session cookie signs it in. */
export function openSocket(): ClientSocket {
  socket = io({ ...firstTransports(), ...reconnecting });
  followTransports(socket);
  socket.on('connect', () => setConnected(true));
  socket.on('disconnect', (reason) => {
    setConnected(false);
    // A server that stops, or ends a session, closes for good: whether the session still stands shows at the next try.
    if (reason === 'io server disconnect') setTimeout(reconnect, comeBackAfterMs * (1 + Math.random()));
  });
  socket.on('connect_error', (error) => {
    setConnected(false);
    const code = (error as Error & { data?: { code?: string } }).data?.code;
    if (code === 'UNAUTHENTICATED' || code === 'TOKEN_EXPIRED') setSignedOut();
    else if (socket && !socket.active) setTimeout(reconnect, comeBackAfterMs * (2 + Math.random()));
  });
  return socket;
}

export function closeSocket(): void {
  socket?.disconnect();
  socket = null;
}

/** Tries at once: after signing in again, or when the network is said to be back. */
export function reconnect(): void {
  if (socket && !socket.connected) socket.connect();
}

export const isConnected = () => socket?.connected === true;

/** Asks the server; throws ApiError: UNAVAILABLE when there is no connection, or no answer within 10 s. */
export async function ask<Name extends keyof ClientEvents>(event: Name, input: unknown): Promise<DataOf<Name>> {
  if (!socket?.connected) throw unreachable();
  // Socket.IO's own types cannot express a generic event name.
  const patient = socket.timeout(answerWithinMs) as unknown as {
    emitWithAck(name: Name, input: unknown): Promise<Parameters<Ack<DataOf<Name>>>[0]>;
  };
  const answer = await patient.emitWithAck(event, input).catch(() => {
    throw unreachable();
  });
  if (!answer.ok) throw new ApiError(answer.error);
  return answer.data;
}

/** Says something nobody waits for; without a connection it is not said. */
export function tell(event: keyof ClientEvents, input: unknown): void {
  if (socket?.connected) (socket as unknown as { emit(name: string, input: unknown): void }).emit(event, input);
}
