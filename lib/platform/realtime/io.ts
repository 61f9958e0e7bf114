import type { Server, Socket } from 'socket.io';
import { processSingleton } from '@/lib/platform/process/singleton';
import type { ClientRequests, ServerEvents, SocketData } from '@/lib/platform/realtime/event-types';

export type Io = Server<ClientRequests, ServerEvents, Record<string, never>, SocketData>;
export type ParleySocket = Socket<ClientRequests, ServerEvents, Record<string, never>, SocketData>;

const holder = () => processSingleton<{ io: Io | null }>('io', () => ({ io: null }));

export function setIo(io: Io | null): void {
  holder().io = io;
}

/** The process's Socket.IO server; null before it has started, and in tests without one. */
export function currentIo(): Io | null {
  return holder().io;
}
