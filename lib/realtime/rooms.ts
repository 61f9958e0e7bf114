/** Every socket of a person. */
export const userRoom = (userId: string) => `user:${userId}`;

/** Every connected socket of every participant: messages, header changes. */
export const membersRoom = (conversationId: string) => `members:${conversationId}`;

/** The conversation whose members' room this is; null for other rooms. */
export const conversationOf = (room: string): string | null =>
  room.startsWith(membersPrefix) ? room.slice(membersPrefix.length) : null;

/** The sockets that have the conversation on screen: typing, receipts. */
export const chatRoom = (conversationId: string) => `chat:${conversationId}`;

/** The sockets that show that person. */
export const presenceRoom = (userId: string) => `presence:${userId}`;

/** The sockets of one signed-in device. */
export const sessionRoom = (sessionId: string) => `session:${sessionId}`;

/** The session whose room this is; null for other rooms. */
export const sessionOf = (room: string): string | null =>
  room.startsWith(sessionPrefix) ? room.slice(sessionPrefix.length) : null;

/**
 * The one copy of a room's name. A membership costs 46 bytes when its name is shared and 110 when every join brings a string
 * of its own: join rooms by what this returns.
 */
export function shared(room: string): string {
  const known = names.get(room);
  if (known !== undefined) return known;
  names.set(room, room);
  return room;
}

/** The room is empty: its name need not be kept. */
export function forget(room: string): void {
  names.delete(room);
}

const membersPrefix = membersRoom('');
const sessionPrefix = sessionRoom('');

const names = new Map<string, string>();
