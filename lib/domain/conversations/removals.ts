import { membersRoom, userRoom } from '@/lib/domain/rooms';
import { processSingleton } from '@/lib/platform/process/singleton';
import type { ParleySocket } from '@/lib/platform/realtime/io';

/** Whoever takes somebody out tells them why within this, unless their word got lost. */
const wordTakesMs = 500;

/**
 * This device was found not to be in any more, which only the database said: why is told by whoever took its person out. Told here
 * if no such word comes.
 */
export function announceRemovalLater(socket: ParleySocket, conversationId: string, reason: 'removed' | 'deleted'): void {
  const key = keyOf(conversationId, userRoom(socket.data.userId));
  const waiting = untold().get(key) ?? { devices: new Set(), timer: setTimeout(tell, wordTakesMs, key).unref() };
  untold().set(key, waiting);
  waiting.devices.add(() => {
    // Brought in again meanwhile, by a word that says so.
    if (!socket.rooms.has(membersRoom(conversationId))) socket.emit('conversation.removed', { conversationId, reason });
  });
}

/** They are told by whoever took them out, here or on another node. @param rooms of these people */
export function removalAnnounced(conversationId: string, rooms: string[]): void {
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
const untold = () => processSingleton('removals', () => new Map<string, Untold>());
