import { processSingleton } from '@/lib/platform/process/singleton';
import type { ServerPayloads } from '@/lib/platform/realtime/event-types';
import { currentIo, type Io } from '@/lib/platform/realtime/io';
import { realtimeMetrics } from '@/lib/platform/realtime/metrics';

type Event = keyof ServerPayloads;

/**
 * Sends an event once to each socket in any of the rooms. It is the only way to broadcast. Call it after the commit, never
 * before.
 * @param exceptRoom sockets in this room are left out
 */
export function emit<Name extends Event>(
  room: string | string[],
  event: Name,
  payload: ServerPayloads[Name],
  exceptRoom?: string,
): void {
  const io = currentIo();
  // Without a room, Socket.IO would send to everybody.
  if (!io || room.length === 0) return;
  listener().onEmit?.(event, payload);
  realtimeMetrics().fanOut.observe({ event }, audience(io, room));
  const target = exceptRoom ? io.to(room).except(exceptRoom) : io.to(room);
  // The payload's type is checked by this function's signature; Socket.IO's own cannot express a generic event name.
  (target as unknown as { emit(name: Name, payload: ServerPayloads[Name]): void }).emit(event, payload);
}

/**
 * An upper bound: a socket in several of the rooms counts several times, because an exact count would cost more than the sending.
 */
function audience(io: Io, room: string | string[]): number {
  const { rooms } = io.of('/').adapter;
  if (typeof room === 'string') return rooms.get(room)?.size ?? 0;
  return room.reduce((sum, one) => sum + (rooms.get(one)?.size ?? 0), 0);
}

/** Sends an event only to this node's own sockets in a room, for changes that other nodes detect themselves. */
export function emitHere<Name extends Event>(room: string | string[], event: Name, payload: ServerPayloads[Name]): void {
  listener().onEmit?.(event, payload);
  (currentIo()?.local.to(room) as { emit(name: Name, payload: ServerPayloads[Name]): void } | undefined)?.emit(event, payload);
}

type EmitListener = <Name extends Event>(event: Name, payload: ServerPayloads[Name]) => void;

/** Reports every event before this process sends it to sockets. */
export function onEmit(report: EmitListener): void {
  listener().onEmit = report;
}

const listener = () => processSingleton('realtime.emit', (): { onEmit?: EmitListener } => ({}));
