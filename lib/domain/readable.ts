// SQL: who may read a conversation, defined only here (docs/decisions/008). Statements call a conversation `c` and a participant
// `p`.

/** The conversation is not deleted. */
export const isThere = 'c."deletedAt" IS NULL';

/** The participant is in the conversation and has not left it. */
export const isIn = (participant = 'p') => `${participant}."leftAt" IS NULL`;

/**
 * For FROM: the conversations that people may read, each joined with its participants `p`. Statements narrow it by `p."userId"`,
 * `c.id` or both.
 */
export const readable = `"Participant" p JOIN "Conversation" c ON c.id = p."conversationId" AND ${isIn()} AND ${isThere}`;

/** Everybody may see the conversation's preview and join it. Only groups are ever public. */
export const isPublic = `c.visibility = 'PUBLIC'`;
