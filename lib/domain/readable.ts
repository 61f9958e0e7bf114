// Who may read what, as SQL: the one place that says it (docs/decisions/008). Statements call a conversation `c` and a participant `p`.

/** The conversation is there: it was not deleted. */
export const isThere = 'c."deletedAt" IS NULL';

/** This participant is in now, and did not leave. */
export const isIn = (participant = 'p') => `${participant}."leftAt" IS NULL`;

/**
 * To select from: the conversations that people may read, each with the participant through whom they may. A statement narrows it by
 * `p."userId"`, `c.id` or both.
 */
export const readable = `"Participant" p JOIN "Conversation" c ON c.id = p."conversationId" AND ${isIn()} AND ${isThere}`;

/** Anybody may see the conversation's preview, and join it. Only groups are ever public. */
export const isPublic = `c.visibility = 'PUBLIC'`;
