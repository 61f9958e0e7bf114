import type { ParticipantPage } from '@/lib/domain/participants/schema';
import { type FaceRow, faceColumns, shapeParticipants } from '@/lib/domain/participants/shape';
import { isIn } from '@/lib/domain/readable';
import { run } from '@/lib/platform/db/sql';
import { decodeTimeCursor, encodeCursor } from '@/lib/platform/paging/cursor';

/** The participants, longest-standing first. */
export async function pageOfParticipants(
  conversationId: string,
  cursor: string | undefined,
  limit: number,
): Promise<ParticipantPage> {
  const rows = await run<FaceRow>('participants.page', pageText, [conversationId, ...decodeTimeCursor(cursor), limit + 1]);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    participants: await shapeParticipants(page),
    nextCursor: last && rows.length > limit ? encodeCursor([last.joinedAt.getTime(), last.id]) : null,
  };
}

const pageText = `
  SELECT ${faceColumns} FROM "Participant" p JOIN "User" u ON u.id = p."userId"
  WHERE p."conversationId" = $1 AND ${isIn()}
    AND ($2::timestamptz IS NULL OR (p."joinedAt", p."userId") > ($2::timestamptz, $3::uuid))
  ORDER BY p."joinedAt", p."userId" LIMIT $4`;
