import type { ListPinsQuery } from '@/lib/domain/pins/schema';
import { readable } from '@/lib/domain/readable';
import { type Row, run } from '@/lib/platform/db/sql';
import { decodeTimeCursor, encodeCursor } from '@/lib/platform/paging/cursor';

interface Place extends Row {
  id: string;
  at: Date;
}

/** @returns the ids of the pinned messages, the one that was pinned last first */
export async function pageOfPins(
  userId: string,
  conversationId: string,
  { cursor, limit }: ListPinsQuery,
): Promise<{ ids: string[]; nextCursor: string | null }> {
  const values = [userId, conversationId, ...decodeTimeCursor(cursor), limit + 1];
  const rows = await run<Place>('pins.page', pageText, values);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    ids: page.map((row) => row.id),
    nextCursor: last && rows.length > limit ? encodeCursor([last.at.getTime(), last.id]) : null,
  };
}

const pageText = `
  SELECT k."messageId" AS id, k."createdAt" AS at FROM ${readable} JOIN "Pin" k ON k."conversationId" = c.id
  WHERE p."userId" = $1 AND c.id = $2
    AND ($3::timestamptz IS NULL OR (k."createdAt", k."messageId") < ($3::timestamptz, $4::uuid))
  ORDER BY k."createdAt" DESC, k."messageId" DESC LIMIT $5`;
