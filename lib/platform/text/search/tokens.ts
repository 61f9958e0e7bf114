import { fold } from '@/lib/platform/text/fold';
import { ascii, spaced, unit } from '@/lib/platform/text/search/scripts';

/** One thing that can be searched for, and its place in the original text. */
export interface Token {
  /** folded: no case, accents or width */
  text: string;
  /** in UTF-16 code units of the original */
  start: number;
  end: number;
  /** what stands side by side has numbers side by side; a phrase is found by them */
  position: number;
}

/**
 * What a person would call one word: a plain one, an expression of several (`ERR_42-x`, `camelCase`), or a run of a script that puts no
 * blanks between words.
 */
export interface Atom {
  kind: 'word' | 'run' | 'symbol';
  start: number;
  end: number;
  /** its smallest pieces: words, or overlapping pairs of characters (of a run of one, that one) */
  pieces: Token[];
  /** larger pieces: the whole of an expression, the words of it that are camelCase themselves; the last character of a run */
  wholes: Token[];
}

/** Longer words, such as encoded files, are found by their beginning. */
const maxWord = 100;
/** Longer expressions, such as long addresses, are found by their parts. */
const maxExpression = 200;

const maxFolded = 400;

const isAscii = /^[\0-\x7F]*$/;

/** What a text is cut by. In ASCII the first and the last group of `atoms` never match. */
interface Patterns {
  atoms: RegExp;
  words: RegExp;
  humps: RegExp;
}

const anyText: Patterns = {
  atoms: new RegExp(`(${unit}+)|(${spaced.expression})|(\\p{Extended_Pictographic})`, 'gu'),
  words: new RegExp(spaced.word, 'gu'),
  humps: /(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u,
};

const asciiText: Patterns = {
  atoms: new RegExp(`([])|(${ascii.expression})`, 'g'),
  words: new RegExp(ascii.word, 'g'),
  humps: /(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/,
};

const units = new RegExp(unit, 'gu');

/**
 * Cuts a text into what can be searched for. Server, browser and highlighting cut with this one function, without Intl.Segmenter, whose
 * dictionaries differ between versions of Node and browsers. Takes linear time.
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

/** All tokens of a text, in its order. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (const { pieces, wholes } of atomsOf(text))
    for (const part of [wholes, pieces]) for (const token of part) tokens.push(token);
  return tokens;
}

/** A word or piece as it is compared. NFC, because folding takes syllables of Hangul apart; some letters are folded into many. */
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

function wordAtom({ words, humps }: Patterns, joined: string, at: number, position: number): Atom {
  const atom: Atom = { kind: 'word', start: at, end: at + joined.length, pieces: [], wholes: [] };
  for (const { 0: one, index } of joined.matchAll(words)) {
    const first = position + atom.pieces.length;
    const before = atom.pieces.length;
    addPieces(atom, humps, one, at + index, first);
    if (atom.pieces.length - before > 1 && one.length !== joined.length) addWhole(atom, one, at + index, first);
  }
  const [only, another] = atom.pieces;
  if (another || (only && only.end < atom.end)) addWhole(atom, joined, at, position);
  return atom;
}

/** The humps of camelCase; of other words, themselves. */
function addPieces(atom: Atom, humps: RegExp, one: string, at: number, position: number): void {
  let start = at;
  for (const hump of one.length > maxWord ? [one] : one.split(humps)) {
    const text = foldToken(hump.slice(0, maxWord));
    if (text) {
      atom.pieces.push({ text, start, end: start + hump.length, position });
      position += 1;
    }
    start += hump.length;
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
