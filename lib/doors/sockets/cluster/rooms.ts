import { deliveredOf, markDelivered } from '@/lib/domain/messages/delivered-revs';
import { readable } from '@/lib/domain/readable';
import { chatRoom, conversationOf, membersRoom, sessionRoom, userRoom } from '@/lib/domain/rooms';
import { run } from '@/lib/platform/db/sql';
import type { ParleySocket } from '@/lib/platform/realtime/io';
import { internRoomName } from '@/lib/platform/realtime/room-names';
import { isShared } from '@/lib/platform/redis/redis';

/** Adds a connecting socket to its person's rooms. It receives no event before it is connected. */
export async function joinRooms(socket: ParleySocket): Promise<void> {
  const { userId, sessionId } = socket.data;
  const heads = await headsOf(userId);
  socket.join([
    internRoomName(userRoom(userId)),
    sessionRoom(sessionId),
    ...heads.map(({ id }) => internRoomName(membersRoom(id))),
  ]);
  begin(heads);
}

/**
 * Corrects the rooms of a socket that has just connected: a membership change during the handshake could not move it. It repeats
 * until a query that began after the last correction finds no difference.
 * @returns the ids of the conversations that it entered
 */
export async function correctRooms(socket: ParleySocket): Promise<Set<string>> {
  const entered = new Set<string>();
  for (let changed = true; changed && socket.connected; ) {
    const heads = await headsOf(socket.data.userId);
    const ids = new Set(heads.map(({ id }) => id));
    const gone = joinedIds(socket).filter((id) => !ids.has(id));
    const come = [...ids].filter((id) => !socket.rooms.has(membersRoom(id)));
    for (const id of gone) for (const room of [membersRoom(id), chatRoom(id)]) socket.leave(room);
    for (const id of come) socket.join(internRoomName(membersRoom(id)));
    begin(heads);
    for (const id of gone) entered.delete(id);
    for (const id of come) entered.add(id);
    changed = gone.length > 0 || come.length > 0;
  }
  return entered;
}

interface Head {
  id: string;
  lastRev: number;
  headId: string | null;
}

function headsOf(userId: string): Promise<Head[]> {
  return run<Head>('sockets.conversations', conversationsText, [userId]);
}

/** The newcomer reads the conversation's state. If this node had no sockets in it yet, delivery is tracked from here. */
function begin(heads: Head[]): void {
  if (isShared()) for (const { id, lastRev, headId } of heads) if (!deliveredOf(id)) markDelivered(id, lastRev, headId ?? '');
}

const joinedIds = (socket: ParleySocket) => [...socket.rooms].flatMap((room) => conversationOf(room) ?? []);

const conversationsText = `SELECT c.id, c."lastRev", c."headId" FROM ${readable} WHERE p."userId" = $1`;
