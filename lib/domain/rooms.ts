/** All sockets of a person. */
export const userRoom = (userId: string) => `user:${userId}`;

/** All connected sockets of all participants: messages, changes of the header. */
export const membersRoom = (conversationId: string) => `members:${conversationId}`;

/** The conversation of a members' room; null for other rooms. */
export const conversationOf = (room: string): string | null =>
  room.startsWith(membersPrefix) ? room.slice(membersPrefix.length) : null;

/** The sockets that have the conversation on screen: typing, receipts. */
export const chatRoom = (conversationId: string) => `chat:${conversationId}`;

/** The sockets that show that person. */
export const presenceRoom = (userId: string) => `presence:${userId}`;

/** The sockets of one signed-in device. */
export const sessionRoom = (sessionId: string) => `session:${sessionId}`;

/** The session of a room; null for other rooms. */
export const sessionOf = (room: string): string | null =>
  room.startsWith(sessionPrefix) ? room.slice(sessionPrefix.length) : null;

const membersPrefix = membersRoom('');
const sessionPrefix = sessionRoom('');
