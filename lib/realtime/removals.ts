import { oncePerProcess } from '@/lib/process/once';
import type { ParleySocket } from '@/lib/realtime/io';
import { membersRoom, userRoom } from '@/lib/realtime/rooms';

/** Whoever takes somebody out tells them why within this, unless their word got lost. */
const wordTakesMs = 500;

/**
 * This device was found not to be in any more, which only the database said: why is told by whoever took its person out. Told here
 * if no such word comes.
 */
export function tellUnlessTold(socket: ParleySocket, conversationId: string, reason: 'removed' | 'deleted'): void {
  const key = keyOf(conversationId, userRoom(socket.data.userId));
  const waiting = untold().get(key) ?? { devices: new Set(), timer: setTimeout(tell, wordTakesMs, key).unref() };
  untold().set(key, waiting);
  waiting.devices.add(() => {
    // Brought in again meanwhile, by a word that says so.
    if (!socket.rooms.has(membersRoom(conversationId))) socket.emit('conversation.removed', { conversationId, reason });
  });
}

/** They are told by whoever took them out, here or on another node. @param rooms of these people */
export function removalTold(conversationId: string, rooms: string[]): void {
  for (const room of rooms) {
    clearTimeout(untold().get(keyOf(conversationId, room))?.timer);
    untold().delete(keyOf(conversationId, room));
  }
}

function tell(key: string): void {
  const { devices = [] } = untold().get(key) ?? {};
  untold().delete(key);
  for (const tellDevice of devices) tellDevice();
}

interface Untold {
  devices: Set<() => void>;
  timer: NodeJS.Timeout;
}

const keyOf = (conversationId: string, room: string) => `${conversationId} ${room}`;
const untold = () => oncePerProcess('removals', () => new Map<string, Untold>());
