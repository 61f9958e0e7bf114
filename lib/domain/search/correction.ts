import { readable } from '@/lib/domain/readable';
import { everything } from '@/lib/domain/search/filters';
import { findNewest } from '@/lib/domain/search/find';
import { quoted } from '@/lib/domain/search/lexemes';
import { run } from '@/lib/platform/db/sql';
import { isOneEditApart } from '@/lib/platform/text/search/edits';
import type { SearchQuery } from '@/lib/platform/text/search/query';
import { wholeOf } from '@/lib/platform/text/search/snippet';
import { idSchema } from '@/lib/platform/validation/schema';

/** Minimum length of a word: shorter ones are too similar to others. */
const minLetters = 5;
/** Maximum number of words of a query that are checked. */
const maxWords = 4;
/** Number of newest messages whose words are candidates. */
const recent = 3_000;

/**
 * Corrects mistyped words. A word of at least five letters that occurs nowhere in the person's conversations is replaced by the
 * most frequent word that differs by one letter (one more, one fewer, another one, or two swapped).
 * @param text the typed query
 * @returns the whole text, corrected; null when there is nothing to correct
 */
export async function correct(userId: string, { terms }: SearchQuery, text: string): Promise<string | null> {
  const words = terms.flatMap(({ kind, excluded, atoms: [atom], start, end }) => {
    if (!atom || kind !== 'word' || excluded || atom.kind !== 'word' || atom.pieces.length > 1) return [];
    const word = wholeOf(atom);
    return word.length >= minLetters ? [{ word, start, end }] : [];
  });
  const unknown: typeof words = [];
  for (const one of words.slice(0, maxWords)) if (!(await isFound(userId, one.word))) unknown.push(one);
  if (unknown.length === 0) return null;
  const known = await vocabularyOf(
    userId,
    unknown.map(({ word }) => word.length),
  );
  let corrected = text;
  for (const { word, start, end } of unknown.toReversed()) {
    const better = known.find((one) => isOneEditApart(one, word));
    if (better) corrected = corrected.slice(0, start) + better + corrected.slice(end);
  }
  return corrected === text ? null : corrected;
}

/** Whether the word, or one that begins with it, occurs in the person's conversations. */
async function isFound(userId: string, word: string): Promise<boolean> {
  const { ids } = await findNewest(userId, { tsquery: `${quoted(word)}:*`, ranking: null, filters: everything }, 1);
  return ids.length > 0;
}

/** Words of about these lengths from the newest messages in the person's conversations, the most frequent first. */
async function vocabularyOf(userId: string, lengths: number[]): Promise<string[]> {
  // ts_stat takes a statement as text, without parameters.
  const id = idSchema.parse(userId);
  const statement = `SELECT s.search FROM "MessageSearch" s WHERE s."conversationId" = ANY (ARRAY(
    SELECT c.id FROM ${readable} WHERE p."userId" = '${id}')) ORDER BY s."messageId" DESC LIMIT ${recent}`;
  const values = [statement, Math.min(...lengths) - 1, Math.max(...lengths) + 1];
  return (await run<{ word: string }>('search.vocabulary', vocabularyText, values)).map(({ word }) => word);
}

const vocabularyText = `
  SELECT word FROM ts_stat($1) WHERE char_length(word) BETWEEN $2 AND $3 AND left(word, 1) <> '~' ORDER BY ndoc DESC, word`;
