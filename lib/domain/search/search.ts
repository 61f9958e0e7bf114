import type { Message } from '@/lib/domain/messages/schema';
import { shapeMessages } from '@/lib/domain/messages/shape';
import { type Alternative, alternativeTo } from '@/lib/domain/search/alternatives';
import { type Filters, filtersOf } from '@/lib/domain/search/filters';
import { findBest, findNewest, maxCounted, type Search } from '@/lib/domain/search/find';
import { freshness } from '@/lib/domain/search/freshness';
import { foundConversations } from '@/lib/domain/search/places';
import type { SearchAnswer, SearchInput } from '@/lib/domain/search/schema';
import { type Snippets, snippetsOf } from '@/lib/domain/search/snippets';
import { stemsOfSearch } from '@/lib/domain/search/stems';
import { rankingOf, tsqueryOf, wordsToStem } from '@/lib/domain/search/tsquery';
import { decodeCursor, encodeCursor, isId } from '@/lib/platform/paging/cursor';
import { isEmpty, parseSearch, type SearchQuery } from '@/lib/platform/text/search/query';
import { foldToken } from '@/lib/platform/text/search/tokens';

export { listFiles, listLinks } from '@/lib/domain/search/contents';
export { searchProgress } from '@/lib/domain/search/progress';
export { go } from '@/lib/domain/search/switcher';

/**
 * Finds messages in all conversations that the person may read now. An empty query finds nothing.
 * @throws VALIDATION_FAILED for a cursor of another search
 * @throws UNAVAILABLE when it takes more than 2 s
 */
export async function search(userId: string, input: SearchInput): Promise<SearchAnswer> {
  const query = parseSearch(input.q);
  const [page, fresh] = await Promise.all([pageOf(userId, query, input), freshness(userId)]);
  const answer = page.ids.length > 0 ? await answerOf(userId, query, page) : await alternativeAnswer(userId, query, input);
  return { ...answer, ...fresh };
}

type Answer = Omit<SearchAnswer, 'indexedUntil' | 'indexedSince'>;

/** Finds parts of words, or a corrected query, when nothing else is found. */
async function alternativeAnswer(userId: string, query: SearchQuery, input: SearchInput): Promise<Answer> {
  const { whole, corrected } = await alternativeTo(userId, query, input.q);
  if (corrected === null && whole.size === 0) return nothing;
  const other = corrected === null ? query : parseSearch(corrected);
  const page = await pageOf(userId, other, input, whole);
  if (page.ids.length === 0) return nothing;
  return { ...(await answerOf(userId, other, page, whole)), correctedTo: corrected };
}

const nothing: Answer = { results: [], nextCursor: null, count: { value: 0, exact: true }, correctedTo: null };

type Whole = Alternative['whole'];

interface Page {
  ids: string[];
  nextCursor: string | null;
  count: SearchAnswer['count'];
}

const emptyPage: Page = { ids: [], nextCursor: null, count: { value: 0, exact: true } };

async function pageOf(userId: string, query: SearchQuery, input: SearchInput, whole: Whole = new Map()): Promise<Page> {
  const asked = isEmpty(query)
    ? input.from.length + input.has.length + input.is.length > 0 || input.before || input.after
    : true;
  if (!asked) return emptyPage;
  const filters = await filtersOf(userId, query, input, Date.now());
  if (findsNothing(filters)) return emptyPage;
  const stems = withWhole(await stemsOfSearch(wordsToStem(query)), whole);
  const tsquery = tsqueryOf(query, { senderIds: filters.senderIds ?? [], has: filters.has }, stems);
  return (input.sort === 'best' ? bestPage : newestPage)(userId, { tsquery, ranking: rankingOf(query, stems), filters }, input);
}

/** Words that contain a word of the query count as its forms. */
function withWhole(stems: Map<string, string[]>, whole: Whole): Map<string, string[]> {
  const forms = new Map(stems);
  for (const word of stems.keys()) {
    const longer = whole.get(foldToken(word));
    if (longer) forms.set(word, [...(stems.get(word) ?? []), ...longer]);
  }
  return forms;
}

/** Filters that match nothing: unsupported properties, and unknown people or conversations. */
const findsNothing = ({ senderIds, conversationIds, has, is }: Filters): boolean =>
  senderIds?.length === 0 ||
  conversationIds?.length === 0 ||
  has.some((what) => what === 'poll' || what === 'thread') ||
  is.some((what) => what === 'saved' || what === 'thread');

/** The cursor has the end of the previous page, and the total count when the first one was read. */
async function newestPage(userId: string, search: Search, { cursor, limit }: SearchInput): Promise<Page> {
  if (cursor === undefined) {
    const { ids, more } = await findNewest(userId, search, maxCounted);
    const count = { value: ids.length, exact: !more };
    return { ids: ids.slice(0, limit), nextCursor: cursorAfter(ids.slice(0, limit), ids.length > limit, count), count };
  }
  const [before, value, exact] = decodeCursor(cursor, isId, isCount, isFlag);
  const count = { value: Number(value), exact: exact === 1 };
  const [until = search.filters.until] = [search.filters.until, String(before)].toSorted();
  const filters = { ...search.filters, until };
  const { ids, more } = await findNewest(userId, { ...search, filters }, limit);
  return { ids, nextCursor: cursorAfter(ids, more, count), count };
}

const cursorAfter = (ids: string[], more: boolean, { value, exact }: Page['count']): string | null =>
  more ? encodeCursor([ids.at(-1) ?? '', value, exact ? 1 : 0]) : null;

/** Each page is ranked as a whole. The cursor excludes messages that are newer than the first page. */
async function bestPage(userId: string, search: Search, { cursor, limit }: SearchInput): Promise<Page> {
  const [from, until] = cursor === undefined ? [0, search.filters.until] : decodeCursor(cursor, isCount, isId);
  const { ids, more } = await findBest(userId, { ...search, filters: { ...search.filters, until: String(until) } });
  const start = Number(from);
  const newest = ids.toSorted().at(-1);
  const end = cursor === undefined && newest ? idAfter(newest) : String(until);
  return {
    ids: ids.slice(start, start + limit),
    nextCursor: ids.length > start + limit ? encodeCursor([start + limit, end]) : null,
    count: { value: ids.length, exact: !more },
  };
}

/** The smallest id after this one. */
function idAfter(id: string): string {
  const hex = (BigInt(`0x${id.replaceAll('-', '')}`) + 1n).toString(16).padStart(32, '0');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

const isCount = (value: unknown) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= maxCounted;
const isFlag = (value: unknown) => value === 0 || value === 1;

async function answerOf(userId: string, query: SearchQuery, { ids, ...page }: Page, whole: Whole = new Map()): Promise<Answer> {
  const messages = await shapeMessages(ids, userId);
  const [conversations, snippets] = await Promise.all([
    foundConversations(userId, [...new Set(messages.map(({ conversationId }) => conversationId))]),
    snippetsOf(messages, query, whole),
  ]);
  return { ...page, correctedTo: null, results: messages.flatMap((message) => resultOf(message, conversations, snippets)) };
}

/** Empty for a conversation that was left in the meantime. */
function resultOf(message: Message, conversations: Awaited<ReturnType<typeof foundConversations>>, snippets: Snippets) {
  const conversation = conversations.get(message.conversationId);
  return conversation ? [{ message, conversation, snippet: snippets.get(message.id) ?? [] }] : [];
}
