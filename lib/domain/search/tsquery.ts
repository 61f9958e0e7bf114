import { hasLexeme, quoted, senderLexeme, stemLexeme } from '@/lib/domain/search/lexemes';
import type { SearchInput } from '@/lib/domain/search/schema';
import { toStemInput } from '@/lib/domain/search/stems';
import type { SearchQuery, Term } from '@/lib/platform/text/search/query';
import { minPrefix, wholeOf } from '@/lib/platform/text/search/snippet';
import type { Atom, Token } from '@/lib/platform/text/search/tokens';

/** Filters that the index has as lexemes besides the words. */
export interface Marks {
  /** ids of the permitted authors; empty: anybody */
  senderIds: string[];
  has: Pick<SearchInput, 'has'>['has'];
}

/** The words whose stems `tsqueryOf` needs. */
export const wordsToStem = ({ terms }: SearchQuery): string[] =>
  terms.flatMap((term) => (term.kind === 'phrase' && !term.excluded ? [] : term.atoms.flatMap(inputOf)));

const inputOf = (atom: Atom) => (atom.kind === 'word' && atom.pieces.length === 1 ? [toStemInput(wholeOf(atom))] : []);

/**
 * A query as a tsquery in PostgreSQL's text format.
 * @returns null when the index is not needed
 */
export function tsqueryOf({ terms }: SearchQuery, { senderIds, has }: Marks, stems: Map<string, string[]>): string | null {
  const parts = terms.map((term) => termText(term, stems));
  if (senderIds.length > 0) parts.push(anyOf(senderIds.map((id) => quoted(senderLexeme(id)))));
  for (const what of has) {
    if (what === 'file') parts.push(quoted(hasLexeme('any')));
    else if (what === 'link' || what === 'image' || what === 'video' || what === 'audio') parts.push(quoted(hasLexeme(what)));
  }
  return parts.length > 0 ? parts.join(' & ') : null;
}

/** The query for ranking: the exact words and their forms. Words that only begin with a searched word count less. */
export function rankingOf({ terms }: SearchQuery, stems: Map<string, string[]>): string | null {
  const forms = terms
    .filter(({ excluded }) => !excluded)
    .flatMap(({ atoms }) => atoms.flatMap((atom) => formsOf(atom, stems, false)));
  return forms.length > 0 ? forms.join(' | ') : null;
}

function termText({ kind, excluded, atoms }: Term, stems: Map<string, string[]>): string {
  const [only, another] = atoms;
  if (excluded)
    return `!${only && !another ? anyOf(formsOf(only, stems, false)) : inSequence(atoms.flatMap(({ pieces }) => pieces))}`;
  if (kind === 'phrase') return inSequence(atoms.flatMap(({ pieces }) => pieces));
  return anyOf(atoms.flatMap((atom) => formsOf(atom, stems, true)));
}

/** All alternatives of a word: the word itself, its prefix, its parts in sequence, its other forms. */
function formsOf(atom: Atom, stems: Map<string, string[]>, byBeginning: boolean): string[] {
  if (atom.kind === 'run') {
    const isSingle = atom.pieces.length === 1 && atom.wholes.length === 0;
    // A single character is a prefix of the pairs that begin with it.
    return [isSingle ? `${quoted(wholeOf(atom))}:*` : inSequence(atom.pieces)];
  }
  const whole = wholeOf(atom);
  const forms = [byBeginning && [...whole].length >= minPrefix && atom.kind === 'word' ? `${quoted(whole)}:*` : quoted(whole)];
  if (atom.pieces.length > 1) forms.push(inSequence(atom.pieces));
  for (const word of inputOf(atom))
    for (const stem of stems.get(word) ?? []) forms.push(quoted(stemLexeme(stem)), quoted(stem));
  // A word that is a stem matches all words with that stem.
  if (atom.kind === 'word' && atom.pieces.length === 1) forms.push(quoted(stemLexeme(whole)));
  return forms;
}

const anyOf = (forms: string[]) => (forms.length === 1 ? `${forms[0]}` : `(${forms.join(' | ')})`);

/** A sequence with the distances of the query. */
function inSequence(pieces: Token[]): string {
  return `(${pieces
    .map(
      ({ text, position }, index) =>
        `${index === 0 ? '' : ` <${position - (pieces[index - 1]?.position ?? 0)}> `}${quoted(text)}`,
    )
    .join('')})`;
}
