import { backfill } from '@/lib/domain/search/backfill';
import { filesJob } from '@/lib/domain/search/files-job';
import { followChanges, markMissed } from '@/lib/domain/search/follow';
import { searchSchema } from '@/lib/domain/search/schema';
import { search } from '@/lib/domain/search/search';
import { pool } from '@/lib/platform/db/pool';
import { transaction } from '@/lib/platform/db/sql';
import type { Person } from '@/tests/support/people';

/** Updates the index like the jobs do. */
export async function indexAll(): Promise<void> {
  await markMissed();
  while (await followChanges(transaction));
  while (await backfill(transaction));
  await indexFiles();
}

/** Runs the jobs that read files. */
async function indexFiles(): Promise<void> {
  const { rows } = await pool().query<{ id: string; payload: unknown }>(
    `DELETE FROM "Job" WHERE kind = $1 AND "doneAt" IS NULL RETURNING id, payload`,
    [filesJob.name],
  );
  const { signal } = new AbortController();
  for (const { id, payload } of rows)
    await filesJob.run({
      id,
      attempt: 1,
      payload: filesJob.payload.parse(payload),
      signal,
      transaction,
      progress: async () => {},
    });
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
