import { findConversationFor } from '@/lib/conversations/access';
import { run } from '@/lib/db/sql';
import { notFound } from '@/lib/errors/error';
import type { HistoryQuery, MessagePage } from '@/lib/messages/schema';
import { shapeMessages } from '@/lib/messages/shape';

/**
 * A page of a conversation's messages, oldest first: before, after or around one of them, or the newest.
 * @throws NOT_FOUND when the conversation or the named message in it is not there for this person
 */
export async function listMessages(userId: string, conversationId: string, query: HistoryQuery): Promise<MessagePage> {
  await findConversationFor(userId, conversationId);
  const anchor = query.before ?? query.after ?? query.around;
  if (anchor) await requireMessage(conversationId, anchor, query.around === undefined);
  const slice = await sliceOf(conversationId, query);
  return {
    messages: await shapeMessages(slice.ids, userId),
    // Of an empty page the place that was asked from is the one to continue from.
    prevCursor: slice.older ? (slice.ids.at(0) ?? anchor ?? null) : null,
    nextCursor: slice.newer ? (slice.ids.at(-1) ?? anchor ?? null) : null,
    hasMore: query.around ? slice.older || slice.newer : query.after ? slice.newer : slice.older,
  };
}

interface Slice {
  /** oldest first */
  ids: string[];
  /** there are older ones than these, newer ones than these */
  older: boolean;
  newer: boolean;
}

async function sliceOf(conversationId: string, { before, after, around, limit }: HistoryQuery): Promise<Slice> {
  if (around) return sliceAround(conversationId, around, limit);
  if (after) {
    const ids = await newerThan(conversationId, after, limit + 1);
    return { ids: ids.slice(0, limit), older: true, newer: ids.length > limit };
  }
  const ids = before ? await olderThan(conversationId, before, limit + 1) : await newest(conversationId, limit + 1);
  return { ids: ids.slice(0, limit).reverse(), older: ids.length > limit, newer: before !== undefined };
}

/** Half of it on either side of the target; where one side is short, the other fills up. */
async function sliceAround(conversationId: string, target: string, limit: number): Promise<Slice> {
  const [older, newer] = await Promise.all([
    olderThan(conversationId, target, limit),
    newerThan(conversationId, target, limit),
  ]);
  const others = limit - 1;
  const newerCount = Math.min(newer.length, Math.max(Math.floor(others / 2), others - older.length));
  const olderCount = Math.min(older.length, others - newerCount);
  return {
    ids: [...older.slice(0, olderCount).reverse(), target, ...newer.slice(0, newerCount)],
    older: older.length > olderCount,
    newer: newer.length > newerCount,
  };
}

/** @param orArchived a place in a month that was archived meanwhile will do: whoever continues from there finds the end */
async function requireMessage(conversationId: string, id: string, orArchived: boolean): Promise<void> {
  const rows = await run('message_in', presentText, [conversationId, id, orArchived]);
  if (rows.length === 0) throw notFound();
}

const presentText = `
  SELECT 1 FROM "Message" WHERE id = $2 AND "conversationId" = $1
  UNION ALL SELECT 1 FROM "Archive" a WHERE $3 AND a.month = parley_month($2) AND a.state = 'ARCHIVED'`;

// Ordered by id, which is time: PostgreSQL walks the partitions from that end and stops when it has enough.
const newest = (conversationId: string, count: number) =>
  ids('history_newest', 'SELECT id FROM "Message" WHERE "conversationId" = $1 ORDER BY id DESC LIMIT $2', [
    conversationId,
    count,
  ]);

const olderThan = (conversationId: string, id: string, count: number) =>
  ids('history_older', 'SELECT id FROM "Message" WHERE "conversationId" = $1 AND id < $2 ORDER BY id DESC LIMIT $3', [
    conversationId,
    id,
    count,
  ]);

const newerThan = (conversationId: string, id: string, count: number) =>
  ids('history_newer', 'SELECT id FROM "Message" WHERE "conversationId" = $1 AND id > $2 ORDER BY id LIMIT $3', [
    conversationId,
    id,
    count,
  ]);

async function ids(name: string, text: string, values: unknown[]): Promise<string[]> {
  const rows = await run<{ id: string }>(name, text, values);
  return rows.map((row) => row.id);
}
