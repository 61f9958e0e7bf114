import type { SearchQuery } from '@/lib/platform/text/search/query';
import { type Atom, atomsOf, type Token } from '@/lib/platform/text/search/tokens';

/** A part of a text; `hit` if it matches the query. */
export interface SnippetPart {
  text: string;
  hit: boolean;
}

/** A range in a text, in UTF-16 code units. */
export interface Place {
  start: number;
  end: number;
}

/** Only the beginning of longer phrases is highlighted, which bounds the time. */
const maxSought = 64;

/** The minimum length of a prefix that matches a word. In scripts without blanks one character is enough. */
export const minPrefix = 3;

/**
 * The ranges of a text that match a query, in order and without overlaps.
 * @param isForm whether a folded word of the text is an inflection of a word of the query, such as `deployed` of `deploying`; the browser
 * does not know inflections
 */
export function placesOf(
  text: string,
  query: SearchQuery,
  isForm: (word: string, of: string) => boolean = () => false,
): Place[] {
  const sought = query.terms
    .filter(({ excluded }) => !excluded)
    .flatMap((term) => term.atoms)
    .slice(0, maxSought);
  if (sought.length === 0) return [];
  const places: Place[] = [];
  const matches = sought.map((atom) => matcherOf(atom, isForm));
  for (const atom of atomsOf(text)) for (const find of matches) for (const place of find(atom)) places.push(place);
  return merged(places);
}

type Matcher = (atom: Atom) => Place[];

function matcherOf(sought: Atom, isForm: (word: string, of: string) => boolean): Matcher {
  if (sought.kind === 'run') return (atom) => (atom.kind === 'run' ? placesInRun(atom, sought) : []);
  const whole = wholeOf(sought);
  const says = (token: Token) => beginsWith(token.text, whole) || isForm(token.text, whole);
  return (atom) => {
    const larger = atom.wholes.find(({ text }) => text === whole);
    if (larger) return [larger];
    const single = [...atom.pieces, ...atom.wholes].filter(says);
    return single.length > 0 || sought.pieces.length === 1 ? single : sequenceIn(atom, sought.pieces);
  };
}

/** The text by which a word is compared; that of an expression is the whole. */
export const wholeOf = ({ pieces, wholes }: Atom): string => wholes.at(-1)?.text ?? pieces[0]?.text ?? '';

const beginsWith = (word: string, beginning: string) =>
  word === beginning || (beginning.length >= minPrefix && word.startsWith(beginning));

/** The range of another expression that contains all parts of this one, one after another. */
function sequenceIn({ pieces }: Atom, all: Token[]): Place[] {
  const sought = all.slice(0, maxSought);
  const at = pieces.findIndex((_, index) => sought.every(({ text }, offset) => pieces[index + offset]?.text === text));
  const [first, last] = [pieces[at], pieces[at + sought.length - 1]];
  return first && last ? [{ start: first.start, end: last.end }] : [];
}

function placesInRun(atom: Atom, sought: Atom): Place[] {
  const [only] = sought.pieces;
  if (sought.pieces.length === 1 && sought.wholes.length === 0) {
    const character = only?.text ?? '';
    return [...atom.pieces, ...atom.wholes]
      .filter(({ text }) => text.startsWith(character))
      .map(({ start, end, text }) => ({ start, end: text === character ? end : start + Math.ceil((end - start) / 2) }));
  }
  const pieces = sought.pieces.slice(0, maxSought);
  return atom.pieces.flatMap((piece, index) => {
    const last = atom.pieces[index + pieces.length - 1];
    const isHere = pieces.every(({ text }, offset) => atom.pieces[index + offset]?.text === text);
    return isHere && last ? [{ start: piece.start, end: last.end }] : [];
  });
}

function merged(places: Place[]): Place[] {
  const all: Place[] = [];
  for (const place of places.sort((one, other) => one.start - other.start || other.end - one.end)) {
    const last = all.at(-1);
    if (last && place.start <= last.end) last.end = Math.max(last.end, place.end);
    else all.push({ start: place.start, end: place.end });
  }
  return all;
}

/** The size of a snippet, in UTF-16 code units: before the first hit, and in total. */
const shown = { before: 60, all: 240 };

/** An excerpt of a text around its first hit, split into hits and the text between them. */
export function snippetOf(text: string, places: Place[]): SnippetPart[] {
  const first = places[0]?.start ?? 0;
  const start = text.length <= shown.all ? 0 : wordStart(text, Math.max(0, first - shown.before));
  const end = wordEnd(text, Math.min(text.length, start + shown.all));
  const parts: SnippetPart[] = [];
  let at = start;
  const add = (until: number, hit: boolean) => {
    if (until > at) parts.push({ text: text.slice(at, until), hit });
    at = Math.max(at, until);
  };
  if (start > 0) parts.push({ text: '…', hit: false });
  for (const place of places) {
    if (place.start >= end) break;
    add(Math.min(place.start, end), false);
    add(Math.min(place.end, end), true);
  }
  add(end, false);
  if (end < text.length) parts.push({ text: '…', hit: false });
  return parts;
}

/** Starts after a blank if there is one nearby, and never within a surrogate pair. */
function wordStart(text: string, at: number): number {
  if (at === 0) return 0;
  const blank = text.slice(at, at + 20).search(/\s/);
  if (blank >= 0) return at + blank + 1;
  return isLowSurrogate(text, at) ? at - 1 : at;
}

const wordEnd = (text: string, at: number): number => (at < text.length && isLowSurrogate(text, at) ? at + 1 : at);

const isLowSurrogate = (text: string, at: number): boolean => /[\uDC00-\uDFFF]/.test(text.charAt(at));
