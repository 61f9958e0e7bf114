import type pg from 'pg';
import { kindsWhere } from '@/lib/domain/conversations/kinds';
import type { StoredSettings } from '@/lib/domain/conversations/member-settings';
import { memberSettingNames } from '@/lib/domain/conversations/schema';
import { isIn, readable } from '@/lib/domain/readable';
import { pool } from '@/lib/platform/db/pool';
import { run } from '@/lib/platform/db/sql';
import { notFound } from '@/lib/platform/errors/error';

export interface ConversationRow {
  id: string;
  kind: 'DIRECT' | 'GROUP';
  directKey: string | null;
  name: string | null;
  description: string;
  visibility: 'PUBLIC' | 'PRIVATE';
  imageId: string | null;
  createdById: string;
  createdAt: Date;
  deletedAt: Date | null;
  lastSeq: number;
  lastRev: number;
  memberRev: number;
  lastMessageId: string | null;
  lastMessageAt: Date;
  /** a hash of the archived months; it changes whenever a month is archived or restored */
  archived: string;
}

export interface ParticipantRow extends StoredSettings {
  conversationId: string;
  userId: string;
  role: 'ADMIN' | 'MEMBER';
  joinedAt: Date;
  leftAt: Date | null;
  lastReadSeq: number;
  lastReadAt: Date | null;
  ownSinceRead: number;
  lastDeliveredSeq: number;
  lastDeliveredAt: Date | null;
  draft: string;
}

export interface ConversationAccess {
  conversation: ConversationRow;
  participant: ParticipantRow;
}

/**
 * The only way to get a conversation.
 * @throws NOT_FOUND unless this person is in it and it is not deleted
 */
export async function findConversationFor(
  userId: string,
  conversationId: string,
  on: pg.Pool | pg.PoolClient = pool(),
): Promise<ConversationAccess> {
  const [row] = await run<ConversationRow & ParticipantRow>('conversations.find', findText, [userId, conversationId], on);
  if (!row) throw notFound();
  return { conversation: pick(row, conversationFields), participant: pick(row, participantFields) };
}

/**
 * SQL: whether a person's list shows the conversation `c` that they are in. The same rule as `showsTo` (kinds.ts).
 * @param user the statement's parameter, such as `$1`
 */
export const isShownTo = (user: string) =>
  `(c.kind NOT IN (${shownWithFirstMessage}) OR c."lastSeq" > 0 OR c."createdById" = ${user})`;

/** SQL: the kinds that others than the creator see from the first message on. */
export const shownWithFirstMessage = kindsWhere(({ firstShown }) => firstShown === 'withFirstMessage')
  .map((kind) => `'${kind}'`)
  .join(', ');

/** The ids of everybody in the conversation. */
export async function memberIdsOf(conversationId: string, on?: pg.PoolClient): Promise<string[]> {
  const rows = await run<{ userId: string }>('conversations.members', membersText, [conversationId], on);
  return rows.map(({ userId }) => userId);
}

/**
 * Locks a conversation before a change of it or of its participants. Locks are always taken in this order: first the row, then
 * its participants. Deleted conversations, and those that this person is not in, are returned too, for verbs that answer a
 * repeated request.
 */
export async function lockConversation(
  userId: string,
  conversationId: string,
  client: pg.PoolClient,
): Promise<{ conversation: ConversationRow; participant: ParticipantRow | null }> {
  const [conversation] = await run<ConversationRow>('conversations.lock', lockText, [conversationId], client);
  if (!conversation) throw notFound();
  // A separate statement, so that its snapshot is taken after the lock and includes the change that held it before.
  const [participant] = await run<ParticipantRow>(
    'conversations.lock.participant',
    lockParticipantText,
    [conversationId, userId],
    client,
  );
  return { conversation, participant: participant ?? null };
}

/**
 * Locks a conversation that this person is in.
 * @throws NOT_FOUND unless this person is in it and it is not deleted
 */
export async function lockConversationFor(
  userId: string,
  conversationId: string,
  client: pg.PoolClient,
): Promise<ConversationAccess> {
  const { conversation, participant } = await lockConversation(userId, conversationId, client);
  if (!participant || participant.leftAt || conversation.deletedAt) throw notFound();
  return { conversation, participant };
}

const conversationFields = [
  'id',
  'kind',
  'directKey',
  'name',
  'description',
  'visibility',
  'imageId',
  'createdById',
  'createdAt',
  'deletedAt',
  'lastSeq',
  'lastRev',
  'memberRev',
  'lastMessageId',
  'lastMessageAt',
  'archived',
] as const;

const participantFields = [
  'conversationId',
  'userId',
  'role',
  'joinedAt',
  'leftAt',
  'lastReadSeq',
  'lastReadAt',
  'ownSinceRead',
  'lastDeliveredSeq',
  'lastDeliveredAt',
  ...memberSettingNames,
  'draft',
] as const;

/** SQL: a hash of the archived months. They are the same for everybody, and at most a few hundred. */
export const archivedMonths = `(SELECT coalesce(sum(hashtextextended(month, 0)), 0)::text FROM "Archive" WHERE state = 'ARCHIVED')`;

const conversationColumns = conversationFields
  .map((field) => (field === 'archived' ? `${archivedMonths} AS archived` : `c."${field}"`))
  .join(', ');
const participantColumns = participantFields.map((field) => `p."${field}"`).join(', ');

function pick<Source, Field extends keyof Source>(source: Source, fields: readonly Field[]): Pick<Source, Field> {
  return Object.fromEntries(fields.map((field) => [field, source[field]])) as Pick<Source, Field>;
}

const findText = `
  SELECT ${conversationColumns}, ${participantColumns}
  FROM ${readable} WHERE p."conversationId" = $2 AND p."userId" = $1`;

const lockText = `SELECT ${conversationColumns} FROM "Conversation" c WHERE c.id = $1 FOR NO KEY UPDATE`;

const lockParticipantText = `SELECT ${participantColumns} FROM "Participant" p WHERE p."conversationId" = $1 AND p."userId" = $2`;

const membersText = `SELECT p."userId" FROM "Participant" p WHERE p."conversationId" = $1 AND ${isIn()}`;
