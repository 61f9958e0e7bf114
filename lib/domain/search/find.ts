import type pg from 'pg';
import { readable } from '@/lib/domain/readable';
import type { Filters } from '@/lib/domain/search/filters';
import { uuidArray } from '@/lib/platform/db/arrays';
import { sqlState } from '@/lib/platform/db/failure';
import { pool } from '@/lib/platform/db/pool';
import { run } from '@/lib/platform/db/sql';
import { unavailable } from '@/lib/platform/errors/error';

/** A longer search is cancelled, so that it does not keep the database from others. */
const timeoutMs = 2_000;
/** Maximum number of hits that are counted. */
export const maxCounted = 1_000;
/** Number of newest hits that are ranked. */
export const maxRanked = 500;
/** Extra rows to read, because outdated rows of the index are not hits. There are never more than a few. */
const spare = 20;

export interface Search {
  /** null: only filters */
  tsquery: string | null;
  /** the query by which hits are ranked */
  ranking: string | null;
  filters: Filters;
}

export interface Hits {
  /** message ids in the requested order */
  ids: string[];
  /** whether there may be more hits */
  more: boolean;
}

/**
 * Finds the messages that match a search and that the person may read now, newest first. The statement that reads the index also
 * checks access. Where the index is behind, each hit is compared with its message, so that edited and deleted messages are not
 * hits.
 * @param max the maximum number of hits
 */
export async function findNewest(userId: string, search: Search, max: number): Promise<Hits> {
  const ids = await lookUp(userId, search, { name: 'search.newest', order: newestOrder, values: [max + spare] });
  return { ids: ids.slice(0, max), more: ids.length > max };
}

/** Finds the best of the newest hits: text before file names and files, exact words before other forms. */
export async function findBest(userId: string, search: Search): Promise<Hits> {
  const values = [maxRanked + spare, search.ranking];
  const ids = await lookUp(userId, search, { name: 'search.best', order: bestOrder, values });
  return { ids: ids.slice(0, maxRanked), more: ids.length > maxRanked };
}

const newestOrder = 'h.id DESC';

const bestOrder = `
  coalesce(ts_rank_cd(h.search, $6::tsquery), 0) + 0.1 * coalesce(ts_rank_cd(h.search, $2::tsquery), 0) DESC, h.id DESC`;

interface LookUp {
  name: string;
  order: string;
  /** the parameters from $5 on; the first is the number of hits to read */
  values: unknown[];
}

function lookUp(userId: string, { tsquery, filters }: Search, { name, order, values }: LookUp): Promise<string[]> {
  return inSnapshot(async (client) => {
    const readable = await run<{ id: string }>('search.readable', readableText, [userId, filters.conversationIds], client);
    if (readable.length === 0) return [];
    const ids = uuidArray(readable.map(({ id }) => id));
    const { text, suffix } = statement(filters, order, readable.length <= maxEstimated);
    const given = [userId, tsquery, [filters.since, filters.until], ids, ...values];
    return live(await run<Hit>(`${name}${suffix}`, text, given, client), client);
  });
}

interface Hit {
  id: string;
  editedAt: Date | null;
  /** its conversation has changes that are not indexed yet */
  behind: boolean;
}

/** Removes hits whose messages have been edited or deleted. */
async function live(hits: Hit[], client: pg.PoolClient): Promise<string[]> {
  const behind = hits.filter((hit) => hit.behind);
  if (behind.length === 0) return hits.map(({ id }) => id);
  const values = [uuidArray(behind.map(({ id }) => id)), behind.map(({ editedAt }) => editedAt)];
  const there = new Set((await run<{ id: string }>('search.live', liveText, values, client)).map(({ id }) => id));
  return hits.flatMap(({ id, behind }) => (!behind || there.has(id) ? id : []));
}

const readableText = `
  SELECT c.id FROM ${readable} WHERE p."userId" = $1 AND ($2::uuid[] IS NULL OR c.id = ANY ($2::uuid[]))`;

const liveText = `
  SELECT k.id FROM unnest($1::uuid[], $2::timestamptz[]) AS k(id, edited) WHERE EXISTS (SELECT 1 FROM "Message" m
    WHERE m.id = k.id AND m."deletedAt" IS NULL AND m."editedAt" IS NOT DISTINCT FROM k.edited OFFSET 0)`;

/**
 * Maximum number of conversations for which PostgreSQL may estimate their share of the messages. With more that takes longer than
 * the search.
 */
const maxEstimated = 5;

/** Optional conditions are part of the statement only when they are used, because PostgreSQL could not plan well with them. */
function statement(filters: Filters, order: string, isEstimated: boolean): { text: string; suffix: string } {
  const conditions = Object.entries(extra).filter(([name]) => wants(filters, name));
  const isTheirs = `s."conversationId" = ANY ($4::uuid[])`;
  return {
    suffix: [isEstimated ? '.few' : '', ...conditions.map(([name]) => `.${name}`)].join(''),
    text: `
  WITH mine AS MATERIALIZED (
    SELECT c.id, p."lastReadSeq", c."lastRev" > coalesce(g.rev, 0) AS behind
    FROM ${readable} LEFT JOIN "SearchProgress" g ON g."conversationId" = c.id WHERE p."userId" = $1 AND c.id = ANY ($4::uuid[])),
  hits AS MATERIALIZED (
    SELECT s."messageId" AS id, s."conversationId", s."editedAt", s.search FROM "MessageSearch" s
    WHERE ${isEstimated ? isTheirs : `coalesce(${isTheirs}, false)`}
      AND s."messageId" >= ($3::uuid[])[1] AND s."messageId" < ($3::uuid[])[2]
      AND ($2::tsquery IS NULL OR s.search @@ $2::tsquery)${conditions.map(([, condition]) => `\n      AND ${condition}`).join('')}
    ORDER BY s."messageId" DESC LIMIT $5)
  SELECT h.id, h."editedAt", mine.behind FROM hits h JOIN mine ON mine.id = h."conversationId" ORDER BY ${order}`,
  };
}

const wants = ({ has, is }: Filters, name: string) => [...has, ...is].some((what) => what === name);

const extra: Record<string, string> = {
  reaction: 'EXISTS (SELECT 1 FROM "Reaction" r WHERE r."messageId" = s."messageId")',
  mention: 's."messageId" IN (SELECT n."messageId" FROM "Mention" n WHERE n."userId" = $1)',
  pinned: 's."messageId" IN (SELECT k."messageId" FROM "Pin" k WHERE k."conversationId" = ANY ($4::uuid[]))',
  unread: `EXISTS (SELECT 1 FROM "Message" u JOIN mine ON mine.id = u."conversationId"
      WHERE u.id = s."messageId" AND u.seq > mine."lastReadSeq" AND u."senderId" <> $1 OFFSET 0)`,
};

/**
 * Runs reads in one snapshot with a time limit. Statements are planned with their values, because no single plan suits both rare
 * and common words.
 */
async function inSnapshot<Result>(read: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool().connect();
  try {
    await client.query(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = ${timeoutMs};
      SET LOCAL plan_cache_mode = force_custom_plan; SET LOCAL jit = off; SET LOCAL max_parallel_workers_per_gather = 0`);
    return await read(client);
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
