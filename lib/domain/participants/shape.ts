import type { Participant, ParticipantRole } from '@/lib/domain/participants/schema';
import { isIn } from '@/lib/domain/readable';
import type { User } from '@/lib/domain/users/schema';
import { shapeUsers, type UserRow } from '@/lib/domain/users/shape';
import { type Row, run } from '@/lib/platform/db/sql';
import { notFound } from '@/lib/platform/errors/error';

/** Number of members that a group's shape includes. A direct conversation has at most two, so it includes everybody. */
const faces = 5;

/** SQL: the columns of a participant `p` joined with its user `u`. */
export const faceColumns = `p."conversationId", p.role, p."joinedAt", p."leftAt", p."lastReadSeq", p."lastReadAt",
  p."lastDeliveredSeq", u.id, u.name, u.handle, u."imageId", u."statusText", u."lastSeenAt"`;

export interface FaceRow extends Row, UserRow {
  conversationId: string;
  role: 'ADMIN' | 'MEMBER';
  joinedAt: Date;
  leftAt: Date | null;
  lastReadSeq: number;
  lastReadAt: Date | null;
  lastDeliveredSeq: number;
}

export const toRole = (role: FaceRow['role']): ParticipantRole => (role === 'ADMIN' ? 'admin' : 'member');

/** The participants in the order of the rows. */
export async function shapeParticipants(rows: FaceRow[]): Promise<Participant[]> {
  const users = await shapeUsers(rows);
  return rows.map((row, index) => toParticipant(row, users[index] as User));
}

/** The rows of these people in a conversation, including those who left, longest-standing first. */
export async function participantsOf(conversationId: string, userIds: string[]): Promise<Participant[]> {
  const rows = await run<FaceRow>('participants.some', someText, [conversationId, userIds]);
  return shapeParticipants(rows);
}

/**
 * One person's row in a conversation.
 * @throws NOT_FOUND when they were never in it
 */
export async function participantOf(conversationId: string, userId: string): Promise<Participant> {
  const [participant] = await participantsOf(conversationId, [userId]);
  if (!participant) throw notFound();
  return participant;
}

/** The longest-standing members of each conversation, in one statement. */
export async function facesOf(conversationIds: string[]): Promise<Map<string, Participant[]>> {
  const rows = await run<FaceRow>('participants.faces', facesText, [conversationIds]);
  const byConversation = new Map<string, Participant[]>(conversationIds.map((id) => [id, []]));
  const shaped = await shapeParticipants(rows);
  for (const [index, participant] of shaped.entries()) byConversation.get(rows[index]?.conversationId ?? '')?.push(participant);
  return byConversation;
}

function toParticipant(row: FaceRow, user: User): Participant {
  return {
    user,
    role: toRole(row.role),
    joinedAt: row.joinedAt.toISOString(),
    leftAt: row.leftAt?.toISOString() ?? null,
    lastReadSeq: row.lastReadSeq,
    lastReadAt: row.lastReadAt?.toISOString() ?? null,
    lastDeliveredSeq: row.lastDeliveredSeq,
  };
}

const someText = `
  SELECT ${faceColumns} FROM "Participant" p JOIN "User" u ON u.id = p."userId"
  WHERE p."conversationId" = $1 AND p."userId" = ANY ($2::uuid[]) ORDER BY p."joinedAt", p."userId"`;

const facesText = `
  SELECT ${faceColumns} FROM unnest($1::uuid[]) AS c(id) CROSS JOIN LATERAL (
    SELECT * FROM "Participant" q WHERE q."conversationId" = c.id AND ${isIn('q')}
    ORDER BY q."joinedAt", q."userId" LIMIT ${faces}) p
  JOIN "User" u ON u.id = p."userId" ORDER BY p."conversationId", p."joinedAt", p."userId"`;
