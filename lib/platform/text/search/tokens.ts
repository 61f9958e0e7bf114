import { fold } from '@/lib/platform/text/fold';
import { ascii, spaced, unit } from '@/lib/platform/text/search/scripts';

/** The smallest unit of the index, with its place in the original text. */
export interface Token {
  /** folded: without case, accents and width */
  text: string;
  /** offsets in the original, in UTF-16 code units */
  start: number;
  end: number;
  /** adjacent tokens have consecutive positions, by which phrases match */
  position: number;
}

/**
 * A unit without blanks: a word, an expression of joined words (`ERR_42-x`, `camelCase`), a run of characters of a script that does not
 * separate words, or a symbol such as an emoji.
 */
export interface Atom {
  kind: 'word' | 'run' | 'symbol';
  start: number;
  end: number;
  /** the smallest tokens: words, or a run's overlapping pairs of characters (its only character, if it has one) */
  pieces: Token[];
  /** additional tokens: an expression as a whole and its camelCase words as wholes; the last character of a run */
  wholes: Token[];
}

/** Longer words, such as base64 data, are indexed by their first characters. */
const maxWord = 100;
/** Longer expressions, such as long URLs, are indexed by their parts only. */
const maxExpression = 200;

const maxFolded = 400;

const isAscii = /^[\0-\x7F]*$/;

/** The patterns that split a text. Those for ASCII have no runs and no symbols, so the first and last group of `atoms` never match. */
interface Patterns {
  atoms: RegExp;
  words: RegExp;
  camelCaseBoundary: RegExp;
}

const anyText: Patterns = {
  atoms: new RegExp(`(${unit}+)|(${spaced.expression})|(\\p{Extended_Pictographic})`, 'gu'),
  words: new RegExp(spaced.word, 'gu'),
  camelCaseBoundary: /(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u,
};

const asciiText: Patterns = {
  atoms: new RegExp(`([])|(${ascii.expression})`, 'g'),
  words: new RegExp(ascii.word, 'g'),
  camelCaseBoundary: /(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/,
};

const units = new RegExp(unit, 'gu');

/**
 * Splits a text into atoms, in linear time. The server's index, the browser's search and the highlighting all use this function. It does
 * not use Intl.Segmenter, because its dictionaries differ between versions of Node and of browsers.
 */
export function* atomsOf(text: string): Generator<Atom> {
  const patterns = isAscii.test(text) ? asciiText : anyText;
  let position = 1;
  for (const { 0: found, 1: run, 2: joined, index } of text.matchAll(patterns.atoms)) {
    const atom = run
      ? runAtom(run, index, position)
      : joined
        ? wordAtom(patterns, joined, index, position)
        : symbolAtom(found, index, position);
    position += atom.pieces.length + (run ? atom.wholes.length : 0);
    if (atom.pieces.length > 0) yield atom;
  }
}

/** All tokens of a text, in order. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (const { pieces, wholes } of atomsOf(text))
    for (const part of [wholes, pieces]) for (const token of part) tokens.push(token);
  return tokens;
}

/** The form in which tokens are compared. Folding decomposes Hangul syllables (hence NFC) and can turn one letter into many. */
export const foldToken = (text: string): string => fold(text).normalize('NFC').slice(0, maxFolded);

function runAtom(run: string, at: number, position: number): Atom {
  const found = [...run.matchAll(units)];
  const token = (index: number, count: number): Token => {
    const first = found[index] as RegExpExecArray;
    const last = found[index + count - 1] as RegExpExecArray;
    const [start, end] = [first.index, last.index + last[0].length];
    return { text: foldToken(run.slice(start, end)), start: at + start, end: at + end, position: position + index };
  };
  const pairs = Array.from({ length: found.length - 1 }, (_, index) => token(index, 2));
  const last = token(found.length - 1, 1);
  const span = { kind: 'run' as const, start: at, end: at + run.length };
  return pairs.length > 0 ? { ...span, pieces: pairs, wholes: [last] } : { ...span, pieces: [last], wholes: [] };
}

function wordAtom({ words, camelCaseBoundary }: Patterns, joined: string, at: number, position: number): Atom {
  const atom: Atom = { kind: 'word', start: at, end: at + joined.length, pieces: [], wholes: [] };
  for (const { 0: one, index } of joined.matchAll(words)) {
    const first = position + atom.pieces.length;
    const before = atom.pieces.length;
    addPieces(atom, camelCaseBoundary, one, at + index, first);
    if (atom.pieces.length - before > 1 && one.length !== joined.length) addWhole(atom, one, at + index, first);
  }
  const [only, another] = atom.pieces;
  if (another || (only && only.end < atom.end)) addWhole(atom, joined, at, position);
  return atom;
}

/** Adds the parts of a camelCase word, or another word as it is. */
function addPieces(atom: Atom, camelCaseBoundary: RegExp, one: string, at: number, position: number): void {
  let start = at;
  for (const part of one.length > maxWord ? [one] : one.split(camelCaseBoundary)) {
    const text = foldToken(part.slice(0, maxWord));
    if (text) {
      atom.pieces.push({ text, start, end: start + part.length, position });
      position += 1;
    }
    start += part.length;
  }
}

function addWhole(atom: Atom, text: string, start: number, position: number): void {
  if (text.length > maxExpression) return;
  const folded = foldToken(text);
  if (folded) atom.wholes.push({ text: folded, start, end: start + text.length, position });
}

function symbolAtom(symbol: string, at: number, position: number): Atom {
  const token = { text: symbol, start: at, end: at + symbol.length, position };
  return { kind: 'symbol', start: at, end: at + symbol.length, pieces: [token], wholes: [] };
}
