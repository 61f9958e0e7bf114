import { isIn, readable } from '@/lib/domain/readable';
import type { FoundConversation } from '@/lib/domain/search/schema';
import { imageUrl } from '@/lib/domain/users/shape';
import { run } from '@/lib/platform/db/sql';

export interface PlaceRow {
  id: string;
  kind: 'DIRECT' | 'GROUP';
  name: string | null;
  imageId: string | null;
  otherName: string | null;
  otherImageId: string | null;
}

/** Conversations with their reader's titles: a direct one has the other person's name. Conversations of others are left out. */
export async function foundConversations(userId: string, ids: string[]): Promise<Map<string, FoundConversation>> {
  if (ids.length === 0) return new Map();
  const rows = await run<PlaceRow>('search.conversations', foundText, [userId, ids]);
  return new Map(rows.map((row) => [row.id, toFoundConversation(row)]));
}

export function toFoundConversation({ id, kind, name, imageId, otherName, otherImageId }: PlaceRow): FoundConversation {
  const isNamed = name !== null;
  return {
    id,
    kind: kind === 'GROUP' ? 'group' : 'direct',
    name: (isNamed ? name : otherName) ?? '',
    image: imageUrl(isNamed ? imageId : otherImageId),
  };
}

/** SQL: the columns of a PlaceRow, of a conversation `c` and its other person `o`; in one's own notes `o` is oneself. */
export const placeColumns = `c.id, c.kind, c.name, c."imageId", o.name AS "otherName", o."imageId" AS "otherImageId"`;

export const otherOf = (reader: string) => `LEFT JOIN LATERAL (
    SELECT u.name, u."imageId", u.handle FROM "Participant" q JOIN "User" u ON u.id = q."userId"
    WHERE c.name IS NULL AND q."conversationId" = c.id AND ${isIn('q')} ORDER BY q."userId" = ${reader} LIMIT 1) o ON true`;

const foundText = `
  SELECT ${placeColumns} FROM ${readable} ${otherOf('$1')} WHERE p."userId" = $1 AND c.id = ANY ($2::uuid[])`;
