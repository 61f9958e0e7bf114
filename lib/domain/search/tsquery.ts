import { hasLexeme, quoted, senderLexeme, stemLexeme } from '@/lib/domain/search/lexemes';
import type { SearchInput } from '@/lib/domain/search/schema';
import { toStemInput } from '@/lib/domain/search/stems';
import type { SearchQuery, Term } from '@/lib/platform/text/search/query';
import { minPrefix, wholeOf } from '@/lib/platform/text/search/snippet';
import type { Atom, Token } from '@/lib/platform/text/search/tokens';

/** What is asked of a message as a whole, and stands in the index beside its words. */
export interface Marks {
  /** who may have written it; empty: anybody */
  senderIds: string[];
  has: Pick<SearchInput, 'has'>['has'];
}

/** The words of a query to have the stems of, before `tsqueryOf`. */
export const wordsToStem = ({ terms }: SearchQuery): string[] =>
  terms.flatMap((term) => (term.kind === 'phrase' && !term.excluded ? [] : term.atoms.flatMap(inputOf)));

const inputOf = (atom: Atom) => (atom.kind === 'word' && atom.pieces.length === 1 ? [toStemInput(wholeOf(atom))] : []);

/**
 * A query as a tsquery in PostgreSQL's text format.
 * @returns null when nothing in it is a matter of the index
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

/**
 * The words of a query as they are, and their forms, by any of which hits are ranked: a word that only begins like one that was sought
 * counts less.
 */
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

/** All that a word is found as: itself, by its beginning, its parts side by side, other forms of it. */
function formsOf(atom: Atom, stems: Map<string, string[]>, byBeginning: boolean): string[] {
  if (atom.kind === 'run') {
    const isSingle = atom.pieces.length === 1 && atom.wholes.length === 0;
    // One character is the beginning of whatever pair it is the first of.
    return [isSingle ? `${quoted(wholeOf(atom))}:*` : inSequence(atom.pieces)];
  }
  const whole = wholeOf(atom);
  const forms = [byBeginning && [...whole].length >= minPrefix && atom.kind === 'word' ? `${quoted(whole)}:*` : quoted(whole)];
  if (atom.pieces.length > 1) forms.push(inSequence(atom.pieces));
  for (const word of inputOf(atom))
    for (const stem of stems.get(word) ?? []) forms.push(quoted(stemLexeme(stem)), quoted(stem));
  // A word that is a stem itself is found by what has that stem.
  if (atom.kind === 'word' && atom.pieces.length === 1) forms.push(quoted(stemLexeme(whole)));
  return forms;
}

const anyOf = (forms: string[]) => (forms.length === 1 ? `${forms[0]}` : `(${forms.join(' | ')})`);

/** Side by side, with the distances that they have in the query. */
function inSequence(pieces: Token[]): string {
  return `(${pieces
    .map(
      ({ text, position }, index) =>
        `${index === 0 ? '' : ` <${position - (pieces[index - 1]?.position ?? 0)}> `}${quoted(text)}`,
    )
    .join('')})`;
}
