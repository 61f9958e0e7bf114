/** Every socket of a person. */
export const userRoom = (userId: string) => `user:${userId}`;

/** Every connected socket of every participant: messages, header changes. */
export const membersRoom = (conversationId: string) => `members:${conversationId}`;

/** The sockets that have the conversation on screen: typing, receipts. */
export const chatRoom = (conversationId: string) => `chat:${conversationId}`;

/** The sockets that show that person. */
export const presenceRoom = (userId: string) => `presence:${userId}`;
