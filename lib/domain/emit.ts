import { type BroadcastName, type ServerPayloads, serverEvents, type Target } from '@/lib/domain/contract';
import { audiences, type EventEntry } from '@/lib/domain/event-entry';
import { userRoom } from '@/lib/domain/rooms';
import * as sockets from '@/lib/platform/realtime/emit';

/**
 * Broadcasts an event to the audience that its entry names. Call it after the commit, never before.
 * @param target the id of the conversation, person or session whose audience receives the event
 */
export function emit<Name extends BroadcastName>(event: Name, target: Target<Name>, payload: ServerPayloads[Name]): void {
  const { exceptUser }: EventEntry = serverEvents[event];
  const except = exceptUser === undefined ? undefined : userRoom(String(payload[exceptUser as keyof typeof payload]));
  sockets.emit(roomOf(event, target), event, payload, except);
}

/** Emits only to this node's own sockets, for changes that other nodes detect themselves. */
export function emitHere<Name extends BroadcastName>(event: Name, target: Target<Name>, payload: ServerPayloads[Name]): void {
  sockets.emitHere(roomOf(event, target), event, payload);
}

function roomOf<Name extends BroadcastName>(event: Name, target: Target<Name>): string | string[] {
  const room = audiences[serverEvents[event].to] as (target: Target<Name>) => string | string[];
  return room(target);
}
