import { run } from '@/lib/db/sql';
import type { ParleySocket } from '@/lib/realtime/io';
import { chatRoom, membersRoom, sessionRoom, shared, userRoom } from '@/lib/realtime/rooms';

/** Brings a socket that is about to connect into its person's rooms. Nothing reaches it before it is connected. */
export async function joinRooms(socket: ParleySocket): Promise<void> {
  const { userId, sessionId } = socket.data;
  const members = (await conversationIdsOf(userId)).map((id) => shared(membersRoom(id)));
  socket.join([shared(userRoom(userId)), sessionRoom(sessionId), ...members]);
}

/**
 * What changed while the socket was connecting moved no socket that was not yet there. Corrects its rooms until a query that
 * began after the last correction finds nothing to correct.
 * @returns the conversations it came into
 */
export async function correctRooms(socket: ParleySocket): Promise<Set<string>> {
  const entered = new Set<string>();
  for (let changed = true; changed && socket.connected; ) {
    const ids = new Set(await conversationIdsOf(socket.data.userId));
    const gone = joinedIds(socket).filter((id) => !ids.has(id));
    const come = [...ids].filter((id) => !socket.rooms.has(membersRoom(id)));
    for (const id of gone) for (const room of [membersRoom(id), chatRoom(id)]) socket.leave(room);
    for (const id of come) socket.join(shared(membersRoom(id)));
    for (const id of gone) entered.delete(id);
    for (const id of come) entered.add(id);
    changed = gone.length > 0 || come.length > 0;
  }
  return entered;
}

async function conversationIdsOf(userId: string): Promise<string[]> {
  const rows = await run<{ id: string }>(
    'socket.conversations',
    `SELECT p."conversationId" AS id FROM "Participant" p JOIN "Conversation" c ON c.id = p."conversationId"
     WHERE p."userId" = $1 AND p."leftAt" IS NULL AND c."deletedAt" IS NULL`,
    [userId],
  );
  return rows.map((row) => row.id);
}

const prefix = membersRoom('');

const joinedIds = (socket: ParleySocket) =>
  [...socket.rooms].filter((room) => room.startsWith(prefix)).map((room) => room.slice(prefix.length));
