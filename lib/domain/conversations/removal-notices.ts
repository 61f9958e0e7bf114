import { membersRoom, userRoom } from '@/lib/domain/rooms';
import { processSingleton } from '@/lib/platform/process/singleton';
import type { ParleySocket } from '@/lib/platform/realtime/io';

/** The node that removed the person sends `conversation.removed` with its reason within this time, unless the event was lost. */
const graceMs = 500;

/**
 * Call it when the database shows that a device's person is no longer in a conversation. The node that removed them sends the
 * event. If it does not arrive in time, the device receives the event from here.
 */
export function scheduleRemovalNotice(socket: ParleySocket, conversationId: string, reason: 'removed' | 'deleted'): void {
  const key = keyOf(conversationId, userRoom(socket.data.userId));
  const waiting = pending().get(key) ?? { devices: new Set(), timer: setTimeout(send, graceMs, key).unref() };
  pending().set(key, waiting);
  waiting.devices.add(() => {
    // If the socket is in the room, the person was added again meanwhile, and an event has said so.
    if (!socket.rooms.has(membersRoom(conversationId))) socket.emit('conversation.removed', { conversationId, reason });
  });
}

/**
 * Call it when this node or another has sent the event with the reason.
 * @param rooms the rooms of the removed people
 */
export function cancelRemovalNotice(conversationId: string, rooms: string[]): void {
  for (const room of rooms) {
    clearTimeout(pending().get(keyOf(conversationId, room))?.timer);
    pending().delete(keyOf(conversationId, room));
  }
}

function send(key: string): void {
  const { devices = [] } = pending().get(key) ?? {};
  pending().delete(key);
  for (const sendToDevice of devices) sendToDevice();
}

interface PendingNotice {
  devices: Set<() => void>;
  timer: NodeJS.Timeout;
}

const keyOf = (conversationId: string, room: string) => `${conversationId} ${room}`;
const pending = () => processSingleton('removals', () => new Map<string, PendingNotice>());
