import type pg from 'pg';
import { type ConversationRow, memberIdsOf, type ParticipantRow } from '@/lib/domain/conversations/access';
import { requireRoom } from '@/lib/domain/participants/access';
import { isIn } from '@/lib/domain/readable';
import { run } from '@/lib/platform/db/sql';

// All of these run under the conversation's row lock, so the participants that they read stay the same until the commit.

/**
 * Adds these people as members. Existing participants stay unchanged. Earlier messages do not count as unread for newcomers. The
 * first newcomer of an empty group becomes its admin.
 * @returns the ids of the newcomers
 * @throws CONFLICT when the group would have too many members
 */
export async function insertParticipants(
  conversation: ConversationRow,
  userIds: string[],
  client: pg.PoolClient,
): Promise<string[]> {
  const already = new Set(await memberIdsOf(conversation.id, client));
  const newcomers = [...new Set(userIds)].filter((id) => !already.has(id)).sort();
  if (newcomers.length === 0) return [];
  requireRoom(already.size + newcomers.length);
  await run(
    'participants.enter',
    enterText,
    [conversation.id, newcomers, conversation.lastSeq, already.size === 0 ? newcomers[0] : null],
    client,
  );
  await bumpMemberRev(conversation.id, client);
  return newcomers;
}

export interface Departure {
  /** the new admin, when the last admin left */
  heirId: string | null;
  /** whether the last person left a private group, to which nobody could come back */
  deleted: boolean;
}

/** Removes one person. When they were the last admin, the longest-standing member becomes admin. */
export async function endParticipation(
  conversation: ConversationRow,
  participant: ParticipantRow,
  client: pg.PoolClient,
): Promise<Departure> {
  await run('participants.leave', leaveText, [conversation.id, participant.userId], client);
  await bumpMemberRev(conversation.id, client);
  const heirId = await promoteHeir(conversation.id, client);
  const deleted = conversation.visibility === 'PRIVATE' && (await memberIdsOf(conversation.id, client)).length === 0;
  if (deleted) await run('participants.empty', emptyText, [conversation.id], client);
  return { heirId, deleted };
}

export async function setRole(
  conversationId: string,
  userId: string,
  role: ParticipantRow['role'],
  client: pg.PoolClient,
): Promise<void> {
  await run('participants.role', roleText, [conversationId, userId, role], client);
}

export async function adminsOf(conversationId: string, client: pg.PoolClient): Promise<string[]> {
  const rows = await run<{ userId: string }>('participants.admins', adminsText, [conversationId], client);
  return rows.map((row) => row.userId);
}

async function promoteHeir(conversationId: string, client: pg.PoolClient): Promise<string | null> {
  const [heir] = await run<{ userId: string }>('participants.heir', heirText, [conversationId], client);
  return heir?.userId ?? null;
}

/** A node with another number than a write returns reloads the participants. */
async function bumpMemberRev(conversationId: string, client: pg.PoolClient): Promise<void> {
  await run('participants.rev', revText, [conversationId], client);
}

const enterText = `
  INSERT INTO "Participant" ("conversationId", "userId", role, "lastReadSeq", "lastDeliveredSeq")
  SELECT $1, u.id, CASE WHEN u.id = $4::uuid THEN 'ADMIN'::"ParticipantRole" ELSE 'MEMBER' END, $3, $3
  FROM unnest($2::uuid[]) AS u(id) ORDER BY u.id
  ON CONFLICT ("conversationId", "userId") DO UPDATE SET role = excluded.role, "joinedAt" = now(), "leftAt" = NULL,
    "lastReadSeq" = excluded."lastReadSeq", "lastReadAt" = NULL, "ownSinceRead" = 0,
    "readVersion" = "Participant"."readVersion" + 1,
    "lastDeliveredSeq" = excluded."lastDeliveredSeq", "lastDeliveredAt" = NULL`;

const leaveText = `UPDATE "Participant" p SET "leftAt" = now() WHERE p."conversationId" = $1 AND p."userId" = $2`;

const emptyText = `UPDATE "Conversation" c SET "deletedAt" = now() WHERE c.id = $1`;

const roleText = `
  UPDATE "Participant" p SET role = $3::"ParticipantRole" WHERE p."conversationId" = $1 AND p."userId" = $2`;

const adminsText = `
  SELECT p."userId" FROM "Participant" p WHERE p."conversationId" = $1 AND ${isIn()} AND p.role = 'ADMIN'`;

const heirText = `
  UPDATE "Participant" p SET role = 'ADMIN' WHERE p."conversationId" = $1
    AND p."userId" = (SELECT h."userId" FROM "Participant" h WHERE h."conversationId" = $1 AND ${isIn('h')}
      ORDER BY h."joinedAt", h."userId" LIMIT 1)
    AND NOT EXISTS (SELECT 1 FROM "Participant" a
      WHERE a."conversationId" = $1 AND ${isIn('a')} AND a.role = 'ADMIN')
  RETURNING p."userId"`;

const revText = `UPDATE "Conversation" c SET "memberRev" = c."memberRev" + 1, "updatedAt" = now() WHERE c.id = $1`;
