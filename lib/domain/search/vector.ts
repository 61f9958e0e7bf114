import { fileKindOf, hasLexeme, quoted, senderLexeme, stemLexeme } from '@/lib/domain/search/lexemes';
import { toStemInput } from '@/lib/domain/search/stems';
import { linksIn } from '@/lib/platform/text/search/links';
import { type Atom, atomsOf, type Token } from '@/lib/platform/text/search/tokens';

/** The searchable parts of a message. */
export interface Indexable {
  content: string;
  senderId: string;
  files: { name: string; mimeType: string }[];
  /** the contents of its text files */
  fileTexts: string[];
}

/** The weight of a lexeme in the ranking: message text, file name, file content, another form of a word. */
type Weight = 'A' | 'B' | 'C' | 'D';

/** PostgreSQL's limits of a tsvector: the highest position, and the number of positions per lexeme. */
const maxPosition = 16_383;
const maxPositions = 255;
/** The rest of a very long text, which only files have, is not indexed: a vector must stay under a megabyte. */
const maxLexemes = 40_000;
/** Distance between a message's text and its files, so that no phrase spans both. */
const gap = 10;

/** A text of a message, tokenized once for its stems and for its vector. */
interface Part {
  text: string;
  weight: Weight;
  atoms: Atom[];
}

/** A message with its texts tokenized. */
export interface Tokenized extends Indexable {
  parts: Part[];
}

export function tokenizeMessage(message: Indexable): Tokenized {
  const part = (text: string, weight: Weight): Part => ({ text, weight, atoms: [...atomsOf(text)] });
  const parts = [
    part(message.content, 'A'),
    ...message.files.map(({ name }) => part(name, 'B')),
    ...message.fileTexts.map((text) => part(text, 'C')),
  ];
  return { ...message, parts };
}

/** The words whose stems `vectorOf` needs. */
export function wordsToStem({ parts }: Pick<Tokenized, 'parts'>): Set<string> {
  const words = new Set<string>();
  for (const { text, atoms } of parts)
    for (const atom of atoms) for (const token of stemmed(atom)) words.add(inputOf(text, token));
  return words;
}

/** A message as a tsvector in PostgreSQL's text format. */
export function vectorOf(message: Tokenized, stems: Map<string, string[]>): string {
  const vector = new Vector(stems);
  for (const part of message.parts) vector.add(part);
  vector.mark(senderLexeme(message.senderId));
  if (linksIn(message.content).length > 0) vector.mark(hasLexeme('link'));
  if (message.files.length > 0) vector.mark(hasLexeme('any'));
  for (const { mimeType } of message.files) vector.mark(hasLexeme(fileKindOf(mimeType)));
  return vector.toString();
}

/** Words of letters, including the parts of camelCase and of expressions. */
const stemmed = ({ kind, pieces }: Atom): Token[] => (kind === 'word' ? pieces.filter(({ text }) => text.length > 2) : []);

const inputOf = (text: string, { start, end }: Token) => toStemInput(text.slice(start, end));

class Vector {
  readonly #stems: Map<string, string[]>;
  readonly #lexemes = new Map<string, string[]>();
  #offset = 0;

  constructor(stems: Map<string, string[]>) {
    this.#stems = stems;
  }

  add({ text, weight, atoms }: Part): void {
    let last = this.#offset;
    for (const atom of atoms) {
      for (const token of [...atom.wholes, ...atom.pieces]) {
        last = Math.max(last, this.#offset + token.position);
        this.#put(token.text, this.#offset + token.position, weight);
      }
      for (const token of stemmed(atom))
        for (const stem of this.#stems.get(inputOf(text, token)) ?? [])
          this.#put(stemLexeme(stem), this.#offset + token.position, 'D');
    }
    this.#offset = last + gap;
  }

  /** Adds a lexeme about the message as a whole. */
  mark(lexeme: string): void {
    this.#lexemes.set(lexeme, []);
  }

  #put(lexeme: string, position: number, weight: Weight): void {
    const positions = this.#lexemes.get(lexeme);
    if (!positions) {
      if (this.#lexemes.size < maxLexemes) this.#lexemes.set(lexeme, position > maxPosition ? [] : [`${position}${weight}`]);
    } else if (position <= maxPosition && positions.length < maxPositions) positions.push(`${position}${weight}`);
  }

  toString(): string {
    return [...this.#lexemes]
      .map(([lexeme, positions]) => (positions.length > 0 ? `${quoted(lexeme)}:${positions.join()}` : quoted(lexeme)))
      .join(' ');
  }
}
