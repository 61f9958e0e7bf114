import { isShownTo } from '@/lib/domain/conversations/access';
import type { ConversationHead } from '@/lib/domain/conversations/schema';
import { isPublic, isThere, readable } from '@/lib/domain/readable';
import { type Row, run } from '@/lib/platform/db/sql';
import { decodeTimeCursor, encodeCursor } from '@/lib/platform/paging/cursor';

/** The conversations of a page, newest message first. */
export interface IdPage {
  ids: string[];
  nextCursor: string | null;
}

interface Place extends Row {
  id: string;
  lastMessageAt: Date;
}

export async function pageOfMine(userId: string, cursor: string | undefined, limit: number): Promise<IdPage> {
  const rows = await run<Place>('conversations.page', pageText, [userId, ...decodeTimeCursor(cursor), limit + 1]);
  return toPage(rows, limit);
}

/** @param q a part of the name or description, ignoring case and accents; empty for all groups */
export async function pageOfPublic(q: string, cursor: string | undefined, limit: number): Promise<IdPage> {
  const rows = await run<Place>('conversations.public', publicText, [q, ...decodeTimeCursor(cursor), limit + 1]);
  return toPage(rows, limit);
}

/** @param ids null for all conversations that the list shows */
export async function headsOf(userId: string, ids: string[] | null): Promise<ConversationHead[]> {
  return run<ConversationHead & Row>('conversations.heads', headsText, [userId, ids]);
}

function toPage(rows: Place[], limit: number): IdPage {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    ids: page.map((row) => row.id),
    nextCursor: last && rows.length > limit ? encodeCursor([last.lastMessageAt.getTime(), last.id]) : null,
  };
}

const pageText = `
  SELECT c.id, c."lastMessageAt" FROM ${readable}
  WHERE p."userId" = $1 AND ${isShownTo('$1')}
    AND ($2::timestamptz IS NULL OR (c."lastMessageAt", c.id) < ($2::timestamptz, $3::uuid))
  ORDER BY c."lastMessageAt" DESC, c.id DESC LIMIT $4`;

const publicText = `
  SELECT c.id, c."lastMessageAt" FROM "Conversation" c
  WHERE ${isPublic} AND ${isThere}
    AND strpos(c.folded, (SELECT parley_fold($1))) > 0
    AND ($2::timestamptz IS NULL OR (c."lastMessageAt", c.id) < ($2::timestamptz, $3::uuid))
  ORDER BY c."lastMessageAt" DESC, c.id DESC LIMIT $4`;

const headsText = `
  SELECT c.id AS "conversationId", c."lastSeq", c."lastRev", p."lastReadSeq"
  FROM ${readable}
  WHERE p."userId" = $1 AND CASE WHEN $2::uuid[] IS NULL THEN ${isShownTo('$1')} ELSE c.id = ANY ($2::uuid[]) END`;
