import { isDay } from '@/lib/platform/text/search/days';
import { type Atom, atomsOf } from '@/lib/platform/text/search/tokens';

export const hasValues = ['file', 'image', 'video', 'audio', 'link', 'poll', 'reaction', 'thread'] as const;
export const isValues = ['pinned', 'saved', 'unread', 'thread', 'mention'] as const;

/** One or several words that must be found, side by side if it is a phrase. */
export interface Term {
  kind: 'word' | 'phrase';
  /** must not be found */
  excluded: boolean;
  atoms: Atom[];
  /** its place in what was typed */
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

/** More terms than anybody types; the rest of a longer query would only make it slow. */
export const maxTerms = 32;

const operator = /(from|in|before|after|on|has|is):(?:"([^"]*)"|(\S+))/iy;
const quoted = /(-?)["“”„]([^"“”]*)["“”]?/y;
const plain = /\S+/y;
const blank = /\s*/y;

/**
 * Reads what somebody typed into the search field. Nothing is refused: an unknown operator, or one with a value that it does not
 * take, is text. Server and browser read with this one function.
 */
export function parseSearch(text: string): SearchQuery {
  const query: SearchQuery = { terms: [], filters: [] };
  for (let at = skip(text, 0); at < text.length; at = skip(text, at)) {
    const end = takeFilter(query, text, at) ?? takePhrase(query, text, at) ?? takeWords(query, text, at);
    at = end;
  }
  return query;
}

/** Whether it asks for nothing. */
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
  // `-ERR_42-x` is one thing to leave out; without the minus, each word is to be found somewhere.
  if (excluded) addTerm(query, { kind: 'phrase', excluded, atoms: words, start: at, end });
  else for (const atom of words) addTerm(query, { kind: 'word', excluded, atoms: [atom], start: atom.start, end: atom.end });
  return end;
}

function addTerm(query: SearchQuery, term: Term): void {
  if (term.atoms.length > 0 && query.terms.length < maxTerms) query.terms.push(term);
}

/** The atoms of a part, with their places in the whole. */
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
