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
  pinCount: number;
  lastPinId: string | null;
  pinVersion: number;
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

// At most 100 pins a conversation, in the order of an index.
const pinSummary = `count(*)::int AS count, (array_agg(k."messageId" ORDER BY k."createdAt" DESC, k."messageId" DESC))[1] AS latest`;

const headersText = `
  SELECT c.id, r."readerId", c.kind, c.name, c.description, c.visibility, c."imageId", c."createdAt", c."createdById",
    c."lastSeq", c."lastRev", c."lastMessageId", c."pinVersion", p.role, p."joinedAt", p."lastReadSeq", p.draft, p."readVersion",
    p."draftVersion", ${settingColumns},
    coalesce(n.people, 0) AS "participantCount", coalesce(k.count, 0) AS "pinCount", k.latest AS "lastPinId",
    greatest(c."lastSeq" - p."lastReadSeq" - p."ownSinceRead", 0) AS "unreadCount",
    (SELECT count(*)::int FROM "Mention" m
      WHERE m."userId" = p."userId" AND m."conversationId" = c.id AND m.seq > p."lastReadSeq") AS "mentionCount"
  FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS r(id, "readerId", n)
  JOIN "Conversation" c ON c.id = r.id AND ${isThere}
  LEFT JOIN "Participant" p ON p."conversationId" = c.id AND p."userId" = r."readerId" AND ${isIn()}
  LEFT JOIN (SELECT o."conversationId" AS id, count(*)::int AS people FROM "Participant" o
    WHERE o."conversationId" = ANY ($1::uuid[]) AND ${isIn('o')} GROUP BY o."conversationId") n ON n.id = c.id
  LEFT JOIN (SELECT k."conversationId" AS id, ${pinSummary} FROM "Pin" k
    WHERE k."conversationId" = ANY ($1::uuid[]) GROUP BY k."conversationId") k ON k.id = c.id
  WHERE r."readerId" IS NULL OR p."userId" IS NOT NULL OR ${isPublic}
  ORDER BY r.n`;

/** A conversation's pins, read in one snapshot with their version. */
export type PinsRow = Pick<HeaderRow, 'pinCount' | 'lastPinId' | 'pinVersion'>;

export async function pinsRowOf(conversationId: string): Promise<PinsRow | null> {
  const [row] = await run<PinsRow & Row>('conversations.pins', pinsText, [conversationId]);
  return row ?? null;
}

const pinsText = `
  SELECT c."pinVersion", k.count AS "pinCount", k.latest AS "lastPinId"
  FROM "Conversation" c, LATERAL (SELECT ${pinSummary} FROM "Pin" k WHERE k."conversationId" = c.id) k WHERE c.id = $1`;
