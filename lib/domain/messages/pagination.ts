import type pg from 'pg';
import type { HistoryQuery, MessagePage } from '@/lib/domain/messages/schema';
import { shapeMessages } from '@/lib/domain/messages/shape';
import { run } from '@/lib/platform/db/sql';

/**
 * A page of a conversation's messages, oldest first. Access is not checked.
 * @param readerId as in shapeMessages
 * @param on a client that runs all statements, one after another
 * @returns null when the message that the query names does not exist
 */
export async function readPage(
  conversationId: string,
  query: HistoryQuery,
  readerId: string | null,
  on?: pg.PoolClient,
): Promise<MessagePage | null> {
  const anchor = query.before ?? query.after ?? query.around;
  if (anchor && !(await isIn(conversationId, anchor, query.around === undefined, on))) return null;
  const slice = await sliceOf(conversationId, query, on);
  return {
    messages: await shapeMessages(slice.ids, readerId, on),
    // An empty page continues from the message that the query named.
    prevCursor: slice.older ? (slice.ids.at(0) ?? anchor ?? null) : null,
    nextCursor: slice.newer ? (slice.ids.at(-1) ?? anchor ?? null) : null,
    hasMore: query.around ? slice.older || slice.newer : query.after ? slice.newer : slice.older,
  };
}

interface Slice {
  /** oldest first */
  ids: string[];
  /** whether older messages exist, and newer ones */
  older: boolean;
  newer: boolean;
}

async function sliceOf(
  conversationId: string,
  { before, after, around, limit }: HistoryQuery,
  on?: pg.PoolClient,
): Promise<Slice> {
  if (around) return sliceAround(conversationId, around, limit, on);
  if (after) {
    const ids = await newerThan(conversationId, after, limit + 1, on);
    return { ids: ids.slice(0, limit), older: true, newer: ids.length > limit };
  }
  const count = limit + 1;
  const ids = before ? await olderThan(conversationId, before, count, on) : await newest(conversationId, count, on);
  return { ids: ids.slice(0, limit).reverse(), older: ids.length > limit, newer: before !== undefined };
}

/** Half of the page on either side of the target. If one side is short, the other fills up. */
async function sliceAround(conversationId: string, target: string, limit: number, on?: pg.PoolClient): Promise<Slice> {
  const ids = await onBothSidesOf(conversationId, target, limit, on);
  const [older, newer] = [ids.filter((id) => id < target), ids.filter((id) => id > target)];
  const others = limit - 1;
  const newerCount = Math.min(newer.length, Math.max(Math.floor(others / 2), others - older.length));
  const olderCount = Math.min(older.length, others - newerCount);
  return {
    ids: [...older.slice(older.length - olderCount), target, ...newer.slice(0, newerCount)],
    older: older.length > olderCount,
    newer: newer.length > newerCount,
  };
}

/**
 * @param orArchived also accept a message of a month that was archived meanwhile: a client that continues from there finds the
 *   end
 */
async function isIn(conversationId: string, id: string, orArchived: boolean, on?: pg.PoolClient): Promise<boolean> {
  return (await run('messages.in', presentText, [conversationId, id, orArchived], on)).length > 0;
}

const presentText = `
  SELECT 1 FROM "Message" WHERE id = $2 AND "conversationId" = $1
  UNION ALL SELECT 1 FROM "Archive" a WHERE $3 AND a.month = parley_month($2) AND a.state = 'ARCHIVED'`;

// Ordered by id, which is time: PostgreSQL scans the partitions from that end and stops when it has enough rows.
const newest = (conversationId: string, count: number, on?: pg.PoolClient) =>
  ids('messages.newest', newestText, [conversationId, count], on);

const olderThan = (conversationId: string, id: string, count: number, on?: pg.PoolClient) =>
  ids('messages.older', olderText, [conversationId, id, count], on);

const newerThan = (conversationId: string, id: string, count: number, on?: pg.PoolClient) =>
  ids('messages.newer', newerText, [conversationId, id, count], on);

/** Oldest first, with the given number of messages on either side. */
const onBothSidesOf = async (conversationId: string, id: string, count: number, on?: pg.PoolClient) =>
  (await ids('messages.around', aroundText, [conversationId, id, count], on)).sort();

async function ids(name: string, text: string, values: unknown[], on?: pg.PoolClient): Promise<string[]> {
  const rows = await run<{ id: string }>(name, text, values, on);
  return rows.map((row) => row.id);
}

const newestText = 'SELECT id FROM "Message" WHERE "conversationId" = $1 ORDER BY id DESC LIMIT $2';

const olderText = 'SELECT id FROM "Message" WHERE "conversationId" = $1 AND id < $2 ORDER BY id DESC LIMIT $3';

const newerText = 'SELECT id FROM "Message" WHERE "conversationId" = $1 AND id > $2 ORDER BY id LIMIT $3';

const aroundText = `(${olderText}) UNION ALL (${newerText})`;
