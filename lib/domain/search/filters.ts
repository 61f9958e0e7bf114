import { isIn, readable } from '@/lib/domain/readable';
import type { SearchInput } from '@/lib/domain/search/schema';
import { run } from '@/lib/platform/db/sql';
import { fold } from '@/lib/platform/text/fold';
import { dayIn, type Span } from '@/lib/platform/text/search/days';
import type { Filter, FilterName, SearchQuery } from '@/lib/platform/text/search/query';

/** The filters of a search, from operators in the text and the parameters beside it. */
export interface Filters {
  /** ids of the permitted authors; null: anybody; empty: no matches */
  senderIds: string[] | null;
  /** ids of the permitted conversations; null: all that the reader may read */
  conversationIds: string[] | null;
  /** a range of message ids, from the first to before the second */
  since: string;
  until: string;
  has: SearchInput['has'];
  is: SearchInput['is'];
}

/** No filters. */
export const everything: Filters = {
  senderIds: null,
  conversationIds: null,
  since: '00000000-0000-0000-0000-000000000000',
  until: 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  has: [],
  is: [],
};

/** Several operators that name people or conversations are alternatives; those of a time or a property must all match. */
export async function filtersOf(userId: string, { filters }: SearchQuery, input: SearchInput, now: number): Promise<Filters> {
  const valuesOf = (name: FilterName) => filters.filter((filter) => filter.name === name).map(({ value }) => value);
  const span = spanOf(filters, input, now);
  return {
    senderIds: await sendersOf(userId, valuesOf('from'), input.from),
    conversationIds: await conversationsOf(userId, valuesOf('in'), input.conversationId),
    since: idAt(span.from),
    until: idAt(span.until),
    has: [...new Set([...valuesOf('has').map((value) => value.toLowerCase() as SearchInput['has'][number]), ...input.has])],
    is: [...new Set([...valuesOf('is').map((value) => value.toLowerCase() as SearchInput['is'][number]), ...input.is])],
  };
}

const allTime: Span = { from: 0, until: 253_402_300_799_999 };

function spanOf(filters: Filter[], { before, after, tz }: SearchInput, now: number): Span {
  const days: { name: string; value: string }[] = [...filters];
  if (before) days.push({ name: 'before', value: before });
  if (after) days.push({ name: 'after', value: after });
  let { from, until } = allTime;
  for (const { name, value } of days) {
    if (name !== 'on' && name !== 'before' && name !== 'after') continue;
    const day = dayIn(value.toLowerCase(), tz, now);
    if (name === 'on') [from, until] = [Math.max(from, day.from), Math.min(until, day.until)];
    else if (name === 'before') until = Math.min(until, day.from);
    else from = Math.max(from, day.until);
  }
  return { from: Math.min(Math.max(from, allTime.from), allTime.until), until: Math.max(until, allTime.from) };
}

/** The smallest message id of that moment: ids are UUIDv7 (RFC 9562), which begin with their time. */
function idAt(ms: number): string {
  const hex = Math.floor(ms).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-0000-0000-000000000000`;
}

async function sendersOf(userId: string, typed: string[], given: SearchInput['from']): Promise<string[] | null> {
  if (typed.length === 0 && given.length === 0) return null;
  const handles = typed.filter((value) => value.startsWith('@')).map((value) => value.slice(1).toLowerCase());
  const ids = given.map((id) => (id === 'me' ? userId : id));
  if (typed.some((value) => value.toLowerCase() === 'me')) ids.push(userId);
  if (handles.length > 0)
    for (const { id } of await run<{ id: string }>('search.senders', sendersText, [handles])) ids.push(id);
  return [...new Set(ids)];
}

const sendersText = 'SELECT id FROM "User" WHERE handle = ANY ($1::text[])';

async function conversationsOf(userId: string, typed: string[], given: string | undefined): Promise<string[] | null> {
  if (typed.length === 0) return given ? [given] : null;
  const groups = typed.filter((value) => value.startsWith('#')).map((value) => asName(value.slice(1)));
  const handles = typed.filter((value) => value.startsWith('@')).map((value) => value.slice(1).toLowerCase());
  const rows = await run<{ id: string; name: string | null; other: string | null }>('search.places', placesText, [userId]);
  const found = rows.filter(({ name, other }) =>
    name === null ? other && handles.includes(other) : groups.includes(asName(name)),
  );
  const ids = found.map(({ id }) => id);
  return given ? ids.filter((id) => id === given) : ids;
}

/** `#engine-room` matches "Engine room", because an unquoted operator value has no blanks. */
const asName = (name: string) =>
  fold(name)
    .replace(/[\s_-]+/g, ' ')
    .replace(/^#/, '');

// Only conversations that the reader may read, so that hidden ones look like those that do not exist.
const placesText = `
  SELECT c.id, c.name, (SELECT u.handle FROM "Participant" o JOIN "User" u ON u.id = o."userId"
    WHERE c.name IS NULL AND o."conversationId" = c.id AND ${isIn('o')} ORDER BY o."userId" = $1 LIMIT 1) AS other
  FROM ${readable} WHERE p."userId" = $1`;
