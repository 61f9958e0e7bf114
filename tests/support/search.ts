import { backfill } from '@/lib/domain/search/backfill';
import { followChanges, markMissed } from '@/lib/domain/search/follow';
import { searchSchema } from '@/lib/domain/search/schema';
import { search } from '@/lib/domain/search/search';
import { transaction } from '@/lib/platform/db/sql';
import type { Person } from '@/tests/support/people';

/** Updates the index like the jobs do. */
export async function indexAll(): Promise<void> {
  await markMissed();
  while (await followChanges(transaction));
  while (await backfill(transaction));
}

/** Searches like the doors: parses the input with the schema. */
export const find = (reader: Person, q: string, more: object = {}) => search(reader.id, searchSchema.parse({ q, ...more }));

/** The texts of the results, in order. */
export async function textsFound(reader: Person, q: string, more: object = {}): Promise<string[]> {
  const { results } = await find(reader, q, more);
  return results.map(({ message }) => message.content);
}

/** A snippet as one line, with its hits in brackets. */
export const marked = (snippet: { text: string; hit: boolean }[]) =>
  snippet.map(({ text, hit }) => (hit ? `[${text}]` : text)).join('');
