import { isShownTo } from '@/lib/domain/conversations/access';
import { kindsWhere } from '@/lib/domain/conversations/kinds';
import { isIn, isPublic, isThere } from '@/lib/domain/readable';
import { type PlaceRow, toFoundConversation } from '@/lib/domain/search/places';
import type { GoAnswer, GoInput } from '@/lib/domain/search/schema';
import { shapeUsers, type UserRow } from '@/lib/domain/users/shape';
import { run } from '@/lib/platform/db/sql';
import { fold, wordsOf } from '@/lib/platform/text/fold';
import { isOneEditApart } from '@/lib/platform/text/search/edits';

/** Maximum number of candidates. Names that match, and people and groups with recent messages, come first. */
const maxCandidates = 2_000;
/** Minimum length for a typing error: shorter words are too similar to others. */
const minTypoLetters = 4;

/**
 * Suggests people, and groups that the person is in or may join. They are sorted by how well they match, and by the latest
 * message. Words of four letters and more may have one wrong letter.
 */
export async function go(userId: string, { q, limit }: GoInput): Promise<GoAnswer> {
  const sought = wordsOf(q);
  const values = [userId, maxCandidates, sought[0] ?? ''];
  const [people, groups] = await Promise.all([
    run<PersonRow>('search.go.people', peopleText, values),
    run<GroupRow>('search.go.groups', groupsText, values),
  ]);
  if (sought.length === 0 && fold(q) !== '') return { people: [], conversations: [] };
  return {
    people: await shapeUsers(best(people, sought, ({ name, handle }) => [name, handle], limit)),
    conversations: best(groups, sought, ({ name }) => [name ?? ''], limit).map((row) => ({
      ...toFoundConversation(row),
      joined: row.joined,
    })),
  };
}

interface Used {
  usedAt: Date | null;
}
type PersonRow = UserRow & Used;
type GroupRow = PlaceRow & Used & { joined: boolean };

function best<Row extends Used>(rows: Row[], sought: string[], namesOf: (row: Row) => string[], limit: number): Row[] {
  return rows
    .map((row) => ({ row, score: sought.length === 0 ? 1 : scoreOf(namesOf(row), sought) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score || (other.row.usedAt?.getTime() ?? 0) - (one.row.usedAt?.getTime() ?? 0))
    .slice(0, limit)
    .map(({ row }) => row);
}

/** 0 unless every word matches; otherwise the score of the worst one. A match at the beginning of a name is better. */
function scoreOf(names: string[], sought: string[]): number {
  const folded = names.map(fold);
  const words = names.flatMap(wordsOf);
  const scores = sought.map((word) => wordScore(word, words, folded));
  const whole = sought.join(' ');
  const bonus = folded.includes(whole) ? 2 : folded.some((name) => name.startsWith(whole)) ? 1 : 0;
  const worst = Math.min(...scores);
  return worst === 0 ? 0 : worst + bonus;
}

function wordScore(word: string, words: string[], names: string[]): number {
  if (words.includes(word)) return 5;
  if (words.some((one) => one.startsWith(word))) return 4;
  if (names.some((name) => name.includes(word))) return 3;
  return word.length >= minTypoLetters && words.some((one) => isNearly(one, word)) ? 2 : 0;
}

/** Whether one letter differs, in the whole word or in the typed part of it. */
const isNearly = (one: string, typed: string): boolean =>
  [-1, 0, 1].some((more) => isOneEditApart(one.slice(0, typed.length + more), typed)) || isOneEditApart(one, typed);

const peopleText = `
  SELECT u.id, u.name, u.handle, u."imageId", u."statusText", u."lastSeenAt", d."lastMessageAt" AS "usedAt"
  FROM "User" u LEFT JOIN "Conversation" d ON d."directKey" = 'direct_' || least(u.id, $1) || '_' || greatest(u.id, $1) AND d."lastSeq" > 0
  ORDER BY strpos(u.folded, $3) > 0 DESC, d."lastMessageAt" DESC NULLS LAST, u.name, u.id LIMIT $2`;

const named = kindsWhere((traits) => traits.named)
  .map((kind) => `'${kind}'`)
  .join(', ');

const groupsText = `
  SELECT c.id, c.kind, c.name, c."imageId", NULL AS "otherName", NULL AS "otherImageId", p."userId" IS NOT NULL AS joined,
    CASE WHEN p."userId" IS NOT NULL THEN c."lastMessageAt" END AS "usedAt"
  FROM "Conversation" c LEFT JOIN "Participant" p ON p."conversationId" = c.id AND p."userId" = $1 AND ${isIn()}
  WHERE ${isThere} AND c.kind IN (${named}) AND (${isPublic} OR p."userId" IS NOT NULL AND ${isShownTo('$1')})
  ORDER BY strpos(c.folded, $3) > 0 DESC, "usedAt" DESC NULLS LAST, c.id LIMIT $2`;
