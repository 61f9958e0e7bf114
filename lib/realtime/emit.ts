import { measured } from '@/lib/process/metrics';
import { audienceMoved } from '@/lib/realtime/audience';
import type { ServerPayloads } from '@/lib/realtime/events';
import { currentIo, type Io } from '@/lib/realtime/io';
import { chatRoom, membersRoom, userRoom } from '@/lib/realtime/rooms';
import { noteTold } from '@/lib/realtime/told';

type Event = keyof ServerPayloads;

/**
 * Sends one event to the sockets in a room, once to each that is in any of several: the only way to broadcast. Call it after
 * the commit, never before.
 * @param exceptRoom sockets in it are left out
 */
export function emit<Name extends Event>(
  room: string | string[],
  event: Name,
  payload: ServerPayloads[Name],
  exceptRoom?: string,
): void {
  const io = currentIo();
  // To no room at all would be to everybody.
  if (!io || room.length === 0) return;
  noteTold(event, payload);
  measured().fanOut.observe({ event }, audience(io, room));
  const target = exceptRoom ? io.to(room).except(exceptRoom) : io.to(room);
  // The payload's type is checked by this function's signature; Socket.IO's own cannot express a generic event name.
  (target as unknown as { emit(name: Name, payload: ServerPayloads[Name]): void }).emit(event, payload);
}

/** At most: who is in several of the rooms is counted in each, and to find out would cost more than to send. */
function audience(io: Io, room: string | string[]): number {
  const { rooms } = io.of('/').adapter;
  if (typeof room === 'string') return rooms.get(room)?.size ?? 0;
  return room.reduce((sum, one) => sum + (rooms.get(one)?.size ?? 0), 0);
}

/** Sends one event to this node's own sockets in a room: what other nodes find out by themselves. */
export function emitHere<Name extends Event>(room: string, event: Name, payload: ServerPayloads[Name]): void {
  noteTold(event, payload);
  (currentIo()?.local.to(room) as { emit(name: Name, payload: ServerPayloads[Name]): void } | undefined)?.emit(event, payload);
}

/** Brings every connected socket of these people into the conversation's audience. */
export function enterConversation(conversationId: string, userIds: string[]): void {
  if (userIds.length === 0) return;
  audienceMoved(conversationId);
  currentIo()?.in(userIds.map(userRoom)).socketsJoin(membersRoom(conversationId));
}

/** Takes every socket of these people out of it, on screen or not: nothing about it follows. */
export function exitConversation(conversationId: string, userIds: string[]): void {
  if (userIds.length === 0) return;
  audienceMoved(conversationId);
  currentIo()
    ?.in(userIds.map(userRoom))
    .socketsLeave([membersRoom(conversationId), chatRoom(conversationId)]);
}
