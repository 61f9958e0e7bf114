import type pg from 'pg';
import { type ConversationRow, memberIdsOf } from '@/lib/domain/conversations/access';
import { assignSettings, toStored } from '@/lib/domain/conversations/member-settings';
import type { CreateGroupInput, UpdateConversationInput, UpdateMembershipInput } from '@/lib/domain/conversations/schema';
import { isIn } from '@/lib/domain/readable';
import { run } from '@/lib/platform/db/sql';

/** SQL: a UUIDv7 of the current time. */
const newId = 'parley_uuid((extract(epoch FROM clock_timestamp()) * 1000)::bigint << 12)';

/** Two people who open a conversation with each other at the same moment get the same row, because of its unique key. */
export async function insertDirect(
  userId: string,
  otherId: string,
  client: pg.PoolClient,
): Promise<{ id: string; made: boolean }> {
  const people = [...new Set([userId, otherId])].sort();
  const key = `direct_${people[0]}_${people.at(-1)}`;
  const [made] = await run<{ id: string }>('conversations.direct.insert', directInsertText, [key, userId], client);
  if (made) {
    await insertParticipants(made.id, people, null, client);
    return { id: made.id, made: true };
  }
  const [row] = await run<{ id: string }>('conversations.direct.find', directFindText, [key], client);
  if (!row) throw new Error('A direct conversation vanished while it was opened.');
  return { id: row.id, made: false };
}

/** @param memberIds without the creator, who becomes the admin */
export async function insertGroup(
  userId: string,
  input: CreateGroupInput,
  memberIds: string[],
  client: pg.PoolClient,
): Promise<string> {
  const [row] = await run<{ id: string }>(
    'conversations.group.insert',
    groupInsertText,
    [input.name, input.description, input.visibility.toUpperCase(), input.imageId ?? null, userId],
    client,
  );
  if (!row) throw new Error('A group was not stored.');
  await insertParticipants(row.id, [userId, ...memberIds], userId, client);
  return row.id;
}

/**
 * Changes a group; undefined fields stay.
 * @returns whether anything changed
 */
export async function updateRow(
  conversation: ConversationRow,
  input: UpdateConversationInput,
  client: pg.PoolClient,
): Promise<boolean> {
  const rows = await run(
    'conversations.update',
    updateText,
    [
      conversation.id,
      input.name ?? conversation.name,
      input.description ?? conversation.description,
      input.visibility?.toUpperCase() ?? conversation.visibility,
      input.imageId === undefined ? conversation.imageId : input.imageId,
    ],
    client,
  );
  return rows.length > 0;
}

/**
 * Changes a membership; undefined fields stay.
 * @returns the draft's version; null when the person is not in the conversation any more
 */
export async function saveMembership(
  userId: string,
  conversationId: string,
  input: UpdateMembershipInput,
): Promise<number | null> {
  const [row] = await run<{ draftVersion: number }>('conversations.membership', membershipText, [
    userId,
    conversationId,
    JSON.stringify(toStored(input)),
    input.draft ?? null,
  ]);
  return row?.draftVersion ?? null;
}

/**
 * Marks a group as deleted.
 * @returns the ids of the people who were in it
 */
export async function markDeleted(conversationId: string, client: pg.PoolClient): Promise<string[]> {
  await run('conversations.delete', deleteText, [conversationId], client);
  return memberIdsOf(conversationId, client);
}

/** The creator joins a millisecond before the others, so that they count as the longest-standing member. */
async function insertParticipants(conversationId: string, userIds: string[], makerId: string | null, client: pg.PoolClient) {
  await run('conversations.people.insert', peopleInsertText, [conversationId, userIds, makerId], client);
}

const directInsertText = `
  INSERT INTO "Conversation" (id, kind, "directKey", "createdById") VALUES (${newId}, 'DIRECT', $1, $2)
  ON CONFLICT ("directKey") DO NOTHING RETURNING id`;

const directFindText = `SELECT c.id FROM "Conversation" c WHERE c."directKey" = $1`;

const groupInsertText = `
  INSERT INTO "Conversation" (id, kind, name, description, visibility, "imageId", "createdById")
  VALUES (${newId}, 'GROUP', $1, $2, $3::"Visibility", $4, $5) RETURNING id`;

const updateText = `
  UPDATE "Conversation" c SET name = $2, description = $3, visibility = $4::"Visibility", "imageId" = $5, "updatedAt" = now()
  WHERE c.id = $1 AND (c.name, c.description, c.visibility, c."imageId") IS DISTINCT FROM ($2, $3, $4::"Visibility", $5::uuid)
  RETURNING c.id`;

const membershipText = `
  UPDATE "Participant" p SET ${assignSettings('$3::jsonb')}, draft = coalesce($4, p.draft),
    "draftVersion" = p."draftVersion" + CASE WHEN $4 IS NULL THEN 0 ELSE 1 END
  WHERE p."conversationId" = $2 AND p."userId" = $1 AND ${isIn()} RETURNING p."draftVersion"`;

const deleteText = `
  UPDATE "Conversation" c SET "deletedAt" = now(), "updatedAt" = now(), "memberRev" = c."memberRev" + 1 WHERE c.id = $1`;

const peopleInsertText = `
  INSERT INTO "Participant" ("conversationId", "userId", role, "joinedAt")
  SELECT $1, u.id, CASE WHEN u.id = $3 THEN 'ADMIN'::"ParticipantRole" ELSE 'MEMBER' END,
    CASE WHEN u.id = $3 THEN now() - interval '1 millisecond' ELSE now() END
  FROM unnest($2::uuid[]) AS u(id) ORDER BY u.id`;
