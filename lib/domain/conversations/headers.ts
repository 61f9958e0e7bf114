import { type StoredSettings, settingColumns } from '@/lib/domain/conversations/member-settings';
import { isIn, isPublic, isThere } from '@/lib/domain/readable';
import { type Row, run } from '@/lib/platform/db/sql';

export interface Reading {
  conversationId: string;
  /** null: for everybody */
  readerId: string | null;
}

/** A header and its reader's membership, read in one snapshot: an unread count that does not match lastSeq would be wrong. */
export interface HeaderRow extends Row, StoredSettings {
  id: string;
  readerId: string | null;
  kind: 'DIRECT' | 'GROUP';
  name: string | null;
  description: string;
  visibility: 'PUBLIC' | 'PRIVATE';
  imageId: string | null;
  createdAt: Date;
  createdById: string;
  lastSeq: number;
  lastRev: number;
  lastMessageId: string | null;
  participantCount: number;
  /** null when the reader is not in it */
  role: 'ADMIN' | 'MEMBER' | null;
  joinedAt: Date | null;
  lastReadSeq: number;
  unreadCount: number;
  mentionCount: number;
  draft: string;
  readVersion: number;
  draftVersion: number;
}

/** The headers in the order of the readings. Deleted conversations and those that the reader may not see are left out. */
export function headersOf(readings: Reading[]): Promise<HeaderRow[]> {
  return run<HeaderRow>('conversations.headers', headersText, [
    readings.map((reading) => reading.conversationId),
    readings.map((reading) => reading.readerId),
  ]);
}

const headersText = `
  SELECT c.id, r."readerId", c.kind, c.name, c.description, c.visibility, c."imageId", c."createdAt", c."createdById",
    c."lastSeq", c."lastRev", c."lastMessageId", p.role, p."joinedAt", p."lastReadSeq", p.draft, p."readVersion", p."draftVersion",
    ${settingColumns},
    coalesce(n.people, 0) AS "participantCount",
    greatest(c."lastSeq" - p."lastReadSeq" - p."ownSinceRead", 0) AS "unreadCount",
    (SELECT count(*)::int FROM "Mention" m
      WHERE m."userId" = p."userId" AND m."conversationId" = c.id AND m.seq > p."lastReadSeq") AS "mentionCount"
  FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS r(id, "readerId", n)
  JOIN "Conversation" c ON c.id = r.id AND ${isThere}
  LEFT JOIN "Participant" p ON p."conversationId" = c.id AND p."userId" = r."readerId" AND ${isIn()}
  LEFT JOIN (SELECT o."conversationId" AS id, count(*)::int AS people FROM "Participant" o
    WHERE o."conversationId" = ANY ($1::uuid[]) AND ${isIn('o')} GROUP BY o."conversationId") n ON n.id = c.id
  WHERE r."readerId" IS NULL OR p."userId" IS NOT NULL OR ${isPublic}
  ORDER BY r.n`;
