import { isDay } from '@/lib/platform/text/search/days';
import { type Atom, atomsOf } from '@/lib/platform/text/search/tokens';

export const hasValues = ['file', 'image', 'video', 'audio', 'link', 'poll', 'reaction', 'thread'] as const;
export const isValues = ['pinned', 'saved', 'unread', 'thread', 'mention'] as const;

/** A word, or a phrase of adjacent words, that messages must contain. */
export interface Term {
  kind: 'word' | 'phrase';
  /** messages must not contain it */
  excluded: boolean;
  atoms: Atom[];
  /** offsets in the query */
  start: number;
  end: number;
}

export type FilterName = 'from' | 'in' | 'before' | 'after' | 'on' | 'has' | 'is';

/** An operator with its value: `from:@ada`, `on:yesterday`. */
export interface Filter {
  name: FilterName;
  /** as typed, without quotes; `from` and `in` with their `@` or `#` */
  value: string;
  start: number;
  end: number;
}

export interface SearchQuery {
  terms: Term[];
  filters: Filter[];
}

/** More than people type. The rest of a longer query is ignored, because it would make the search slow. */
export const maxTerms = 32;

const operator = /(from|in|before|after|on|has|is):(?:"([^"]*)"|(\S+))/iy;
const quoted = /(-?)["“”„]([^"“”]*)["“”]?/y;
const plain = /\S+/y;
const blank = /\s*/y;

/**
 * Parses a query as typed into the search field, on the server and in the browser. It accepts every text: an unknown operator, or an
 * operator with an invalid value, is a search term.
 */
export function parseSearch(text: string): SearchQuery {
  const query: SearchQuery = { terms: [], filters: [] };
  for (let at = skip(text, 0); at < text.length; at = skip(text, at)) {
    const end = takeFilter(query, text, at) ?? takePhrase(query, text, at) ?? takeWords(query, text, at);
    at = end;
  }
  return query;
}

/** Whether it has neither filters nor terms that must match. */
export const isEmpty = ({ terms, filters }: SearchQuery): boolean =>
  filters.length === 0 && terms.every(({ excluded }) => excluded);

const skip = (text: string, at: number): number => at + (match(blank, text, at)?.[0].length ?? 0);

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function takeFilter(query: SearchQuery, text: string, at: number): number | null {
  const found = match(operator, text, at);
  if (!found) return null;
  const name = (found[1] ?? '').toLowerCase() as FilterName;
  const value = found[2] ?? found[3] ?? '';
  if (!takes[name](value)) return null;
  const end = at + found[0].length;
  query.filters.push({ name, value, start: at, end });
  return end;
}

const isDate = (value: string) => isDay(value.toLowerCase());
const takes: Record<FilterName, (value: string) => boolean> = {
  from: (value) => /^(me|@.+)$/i.test(value),
  in: (value) => /^[#@]./.test(value),
  before: isDate,
  after: isDate,
  on: isDate,
  has: (value) => hasValues.some((one) => one === value.toLowerCase()),
  is: (value) => isValues.some((one) => one === value.toLowerCase()),
};

function takePhrase(query: SearchQuery, text: string, at: number): number | null {
  const found = match(quoted, text, at);
  if (!found) return null;
  const [all, minus = '', inner = ''] = found;
  const from = at + minus.length + 1;
  addTerm(query, { kind: 'phrase', excluded: minus !== '', atoms: within(inner, from), start: at, end: at + all.length });
  return at + all.length;
}

function takeWords(query: SearchQuery, text: string, at: number): number {
  const found = match(plain, text, at)?.[0] ?? '';
  const end = at + found.length;
  const excluded = /^-[^\s-]/.test(found);
  const words = within(found, at);
  // `-ERR_42-x` excludes the expression as a phrase. Without the minus, each atom is a term of its own.
  if (excluded) addTerm(query, { kind: 'phrase', excluded, atoms: words, start: at, end });
  else for (const atom of words) addTerm(query, { kind: 'word', excluded, atoms: [atom], start: atom.start, end: atom.end });
  return end;
}

function addTerm(query: SearchQuery, term: Term): void {
  if (term.atoms.length > 0 && query.terms.length < maxTerms) query.terms.push(term);
}

/** The atoms of a part of the query, with offsets in the whole query. */
function within(part: string, at: number): Atom[] {
  const move = <Place extends { start: number; end: number }>(place: Place): Place => ({
    ...place,
    start: place.start + at,
    end: place.end + at,
  });
  return [...atomsOf(part)].map((atom) => ({
    ...move(atom),
    pieces: atom.pieces.map(move),
    wholes: atom.wholes.map(move),
  }));
}
