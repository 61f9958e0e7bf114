import { readable } from '@/lib/domain/readable';
import { everything } from '@/lib/domain/search/filters';
import { findNewest } from '@/lib/domain/search/find';
import { quoted } from '@/lib/domain/search/lexemes';
import { textArray } from '@/lib/platform/db/arrays';
import { run } from '@/lib/platform/db/sql';
import { isOneEditApart } from '@/lib/platform/text/search/edits';
import type { SearchQuery } from '@/lib/platform/text/search/query';
import { minPrefix, wholeOf } from '@/lib/platform/text/search/snippet';
import { idSchema } from '@/lib/platform/validation/schema';

/** Minimum length of a word that is corrected: shorter ones are too similar to others. */
const minCorrected = 5;
/** Maximum number of words of a query that are looked up. */
const maxWords = 4;
/** Maximum number of words that a part stands for. */
const maxWhole = 50;
/** Number of newest messages whose words are candidates. */
const recent = 3_000;

/** What to search for instead of a query that finds nothing. */
export interface Alternative {
  /** words that contain a word of the query, by that word: `ploy` in `deployment` */
  whole: Map<string, string[]>;
  /** the whole query without its mistyped words; null when there are none, or they are parts of others */
  corrected: string | null;
}

/**
 * Looks up the words of a query that occur nowhere in the person's conversations, not even as the beginning of a word. Each is
 * taken as a part of other words or, from five letters on, as mistyped: it is replaced by the most frequent word that differs by
 * one letter (one more, one fewer, another one, or two swapped).
 * @param text the typed query
 */
export async function alternativeTo(userId: string, { terms }: SearchQuery, text: string): Promise<Alternative> {
  const words = terms.flatMap(({ kind, excluded, atoms: [atom], start, end }) => {
    if (!atom || kind !== 'word' || excluded || atom.kind !== 'word' || atom.pieces.length > 1) return [];
    const word = wholeOf(atom);
    return word.length >= minPrefix ? [{ word, start, end }] : [];
  });
  const unknown: typeof words = [];
  for (const one of words.slice(0, maxWords)) if (!(await isFound(userId, one.word))) unknown.push(one);
  const whole = new Map<string, string[]>();
  if (unknown.length === 0) return { whole, corrected: null };
  const known = await vocabularyOf(
    userId,
    unknown.map(({ word }) => word),
  );
  let corrected = text;
  for (const { word, start, end } of unknown.toReversed()) {
    const longer = known.filter((one) => one.includes(word)).slice(0, maxWhole);
    const better = word.length < minCorrected ? undefined : known.find((one) => isOneEditApart(one, word));
    if (longer.length > 0) whole.set(word, longer);
    else if (better) corrected = corrected.slice(0, start) + better + corrected.slice(end);
  }
  return { whole, corrected: corrected === text ? null : corrected };
}

/** Whether the word, or one that begins with it, occurs in the person's conversations. */
async function isFound(userId: string, word: string): Promise<boolean> {
  const { ids } = await findNewest(userId, { tsquery: `${quoted(word)}:*`, ranking: null, filters: everything }, 1);
  return ids.length > 0;
}

/** Words that may be meant by these, from the newest messages in the person's conversations, the most frequent first. */
async function vocabularyOf(userId: string, words: string[]): Promise<string[]> {
  // ts_stat takes a statement as text, without parameters.
  const id = idSchema.parse(userId);
  const statement = `SELECT s.search FROM "MessageSearch" s WHERE s."conversationId" = ANY (ARRAY(
    SELECT c.id FROM ${readable} WHERE p."userId" = '${id}')) ORDER BY s."messageId" DESC LIMIT ${recent}`;
  const lengths = words.map((word) => word.length);
  const values = [statement, Math.min(...lengths) - 1, Math.max(...lengths) + 1, textArray(words)];
  return (await run<{ word: string }>('search.vocabulary', vocabularyText, values)).map(({ word }) => word);
}

const vocabularyText = `
  SELECT word FROM ts_stat($1)
  WHERE left(word, 1) <> '~' AND (char_length(word) BETWEEN $2 AND $3
    OR EXISTS (SELECT 1 FROM unnest($4::text[]) AS k(part) WHERE strpos(word, k.part) > 0))
  ORDER BY ndoc DESC, word`;
