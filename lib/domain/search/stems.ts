import type pg from 'pg';
import { run } from '@/lib/platform/db/sql';
import { BoundedMap } from '@/lib/platform/memory/bounded-map';
import { processSingleton } from '@/lib/platform/process/singleton';
import { foldToken } from '@/lib/platform/text/search/tokens';

/** The stemmers of PostgreSQL 15 and later, by the languages of the interface. */
const stemmers: Record<string, string> = {
  ar: 'arabic_stem',
  de: 'german_stem',
  en: 'english_stem',
  es: 'spanish_stem',
  fr: 'french_stem',
  'pt-BR': 'portuguese_stem',
};

const maxCached = 50_000;
/** Maximum delay until a newly chosen language is used. */
const languagesForMs = 10 * 60_000;

/** The input of stemmers: not folded, because they need the accents. */
export const toStemInput = (original: string) => original.normalize('NFKC').toLowerCase().slice(0, 100);

/**
 * The folded stems of words in the workspace's languages, except stems that equal the word. Common words such as "the" have none.
 * @param words from `toStemInput`
 */
export async function stemsOf(words: Iterable<string>, on?: pg.PoolClient): Promise<Map<string, string[]>> {
  return stemsBy(cache().known, words, on);
}

/**
 * The same for words that somebody searches for, without the cache. That one is filled by everybody's messages, so a search would take
 * a statement less for a word that others have written.
 */
export const stemsOfSearch = (words: Iterable<string>): Promise<Map<string, string[]>> => stemsBy(new Map(), words);

interface Known {
  get(key: string): string[] | undefined;
  set(key: string, stems: string[]): void;
}

async function stemsBy(known: Known, words: Iterable<string>, on?: pg.PoolClient): Promise<Map<string, string[]>> {
  const asked = await stemmersInUse(on);
  const keyOf = (word: string) => `${asked.join()} ${word}`;
  const found = new Map<string, string[]>();
  const missing: string[] = [];
  for (const word of new Set(words)) {
    const stems = known.get(keyOf(word));
    if (stems) found.set(word, stems);
    else missing.push(word);
  }
  if (missing.length === 0) return found;
  for (const { word, stems } of await run<{ word: string; stems: string[] }>('search.stems', stemsText, [missing, asked], on)) {
    const different = [...new Set(stems.map(foldToken))].filter((stem) => stem !== '' && stem !== foldToken(word));
    known.set(keyOf(word), different);
    found.set(word, different);
  }
  return found;
}

/** English, and the languages that people have chosen. */
async function stemmersInUse(on?: pg.PoolClient): Promise<string[]> {
  const state = cache();
  if (performance.now() - state.readAt > languagesForMs) {
    const rows = await run<{ locale: string }>('search.languages', languagesText, [], on);
    state.stemmers = [
      ...new Set(['en', ...rows.map(({ locale }) => locale)].flatMap((locale) => stemmers[locale] ?? [])),
    ].sort();
    state.readAt = performance.now();
  }
  return state.stemmers;
}

const cache = () =>
  processSingleton('search.stems', () => ({
    known: new BoundedMap<string, string[]>(maxCached),
    stemmers: [] as string[],
    readAt: Number.NEGATIVE_INFINITY,
  }));

const languagesText = 'SELECT DISTINCT locale FROM "User" WHERE locale IS NOT NULL';

const stemsText = `
  SELECT w.word, ARRAY(SELECT s.stem FROM unnest($2::text[]) AS d(dictionary)
    CROSS JOIN LATERAL unnest(ts_lexize(d.dictionary::regdictionary, w.word)) AS s(stem)) AS stems
  FROM unnest($1::text[]) AS w(word)`;
