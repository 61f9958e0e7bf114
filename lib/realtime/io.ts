import type { Server, Socket } from 'socket.io';
import { oncePerProcess } from '@/lib/process/once';
import type { ClientEvents, ServerEvents } from '@/lib/realtime/events';

/** What a socket remembers of who holds it. Small: it is paid for by every idle connection. */
export interface SocketData {
  userId: string;
  sessionId: string;
  /** ms since 1970; only of who came with a bearer token */
  expiresAt?: number;
}

export type Io = Server<ClientEvents, ServerEvents, Record<string, never>, SocketData>;
export type ParleySocket = Socket<ClientEvents, ServerEvents, Record<string, never>, SocketData>;

const holder = () => oncePerProcess<{ io: Io | null }>('io', () => ({ io: null }));

export function setIo(io: Io | null): void {
  holder().io = io;
}

/** The process's Socket.IO server; null before it is up, and in tests that need none. */
export function currentIo(): Io | null {
  return holder().io;
}
