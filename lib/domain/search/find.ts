import type pg from 'pg';
import { readable } from '@/lib/domain/readable';
import type { Filters } from '@/lib/domain/search/filters';
import { sqlState } from '@/lib/platform/db/failure';
import { pool } from '@/lib/platform/db/pool';
import { run } from '@/lib/platform/db/sql';
import { unavailable } from '@/lib/platform/errors/error';

/** A search that takes longer is ended: it would take the database from everybody else. */
const timeoutMs = 2_000;
/** Up to here hits are counted. */
export const maxCounted = 1_000;
/** Among so many of the newest hits the best are looked for. */
export const maxRanked = 500;
/** Rows of the index that are older than their message find nothing; there are at most a few at any time. */
const spare = 20;

export interface Search {
  /** null: narrowed by filters alone */
  tsquery: string | null;
  /** by what the best are told from others */
  ranking: string | null;
  filters: Filters;
}

export interface Hits {
  /** ids of messages, in the order asked */
  ids: string[];
  /** there may be more than these */
  more: boolean;
}

/**
 * The messages that a person may read now and that a search finds, newest first. Who may read is said in the statement that looks into
 * the index; each hit is compared with its message, so that one which was edited, deleted or archived since finds nothing.
 * @param max how many at most
 */
export async function findNewest(userId: string, search: Search, max: number): Promise<Hits> {
  const { text, name } = statement(search, `SELECT h.id FROM live h ORDER BY h.id DESC LIMIT $6`);
  const rows = await bounded<{ id: string }>(`search.newest${name}`, text, [...valuesOf(userId, search, max + spare), max + 1]);
  return { ids: rows.slice(0, max).map(({ id }) => id), more: rows.length > max };
}

/** The same, the best of the newest first: in the text before file names and files, words as they are before their forms. */
export async function findBest(userId: string, search: Search): Promise<Hits> {
  const { text, name } = statement(search, bestText);
  const rows = await bounded<{ id: string }>(`search.best${name}`, text, [
    ...valuesOf(userId, search, maxRanked + spare),
    maxRanked,
    search.ranking,
  ]);
  return { ids: rows.map(({ id }) => id), more: rows.length === maxRanked };
}

const bestText = `
  SELECT h.id FROM live h
  ORDER BY coalesce(ts_rank_cd(h.search, $7::tsquery), 0) + 0.1 * coalesce(ts_rank_cd(h.search, $2::tsquery), 0) DESC, h.id DESC LIMIT $6`;

function valuesOf(userId: string, { tsquery, filters }: Search, max: number): unknown[] {
  return [userId, tsquery, [filters.since, filters.until], filters.conversationIds, max];
}

/** The conditions that not every search has are not in the others' statements, which PostgreSQL could not plan well with them. */
function statement({ filters }: Search, select: string): { text: string; name: string } {
  const conditions = Object.entries(extra).filter(([name]) => wants(filters, name));
  return {
    name: conditions.map(([name]) => `.${name}`).join(''),
    text: `
  WITH mine AS MATERIALIZED (
    SELECT c.id, p."lastReadSeq" FROM ${readable} WHERE p."userId" = $1 AND ($4::uuid[] IS NULL OR c.id = ANY ($4::uuid[]))),
  hits AS MATERIALIZED (
    SELECT s."messageId" AS id, s."editedAt", s.search FROM "MessageSearch" s
    WHERE s."conversationId" = ANY (ARRAY(SELECT id FROM mine)) AND s."messageId" >= ($3::uuid[])[1] AND s."messageId" < ($3::uuid[])[2]
      AND ($2::tsquery IS NULL OR s.search @@ $2::tsquery)${conditions.map(([, condition]) => `\n      AND ${condition}`).join('')}
    ORDER BY s."messageId" DESC LIMIT $5),
  live AS MATERIALIZED (
    SELECT h.id, h.search FROM hits h CROSS JOIN LATERAL (
      SELECT m."editedAt" FROM "Message" m WHERE m.id = h.id AND m."deletedAt" IS NULL OFFSET 0) m
    WHERE m."editedAt" IS NOT DISTINCT FROM h."editedAt")
  ${select}`,
  };
}

const wants = ({ has, is }: Filters, name: string) => [...has, ...is].some((what) => what === name);

const extra: Record<string, string> = {
  reaction: 'EXISTS (SELECT 1 FROM "Reaction" r WHERE r."messageId" = s."messageId")',
  mention: 's."messageId" IN (SELECT n."messageId" FROM "Mention" n WHERE n."userId" = $1)',
  unread: `EXISTS (SELECT 1 FROM "Message" u JOIN mine ON mine.id = u."conversationId"
      WHERE u.id = s."messageId" AND u.seq > mine."lastReadSeq" AND u."senderId" <> $1 OFFSET 0)`,
};

/** Runs a search in a transaction with a time limit. Planned with its values: no one plan is good for rare and for common words. */
async function bounded<Row extends pg.QueryResultRow>(name: string, text: string, values: unknown[]): Promise<Row[]> {
  const client = await pool().connect();
  try {
    await client.query(`BEGIN READ ONLY; SET LOCAL statement_timeout = ${timeoutMs}; SET LOCAL plan_cache_mode = force_custom_plan;
      SET LOCAL jit = off; SET LOCAL max_parallel_workers_per_gather = 0`);
    return await run<Row>(name, text, values, client);
  } catch (error) {
    if (sqlState(error) === '57014') throw unavailable('This search takes too long. Please narrow it.');
    throw error;
  } finally {
    await client.query('ROLLBACK').then(
      () => client.release(),
      (error: Error) => client.release(error),
    );
  }
}
