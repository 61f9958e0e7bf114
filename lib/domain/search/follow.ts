import type pg from 'pg';
import { requestTexts } from '@/lib/domain/search/files-job';
import { indexMessages } from '@/lib/domain/search/index-messages';
import { indexAlone } from '@/lib/domain/search/lock';
import { uuidArray } from '@/lib/platform/db/arrays';
import { run } from '@/lib/platform/db/sql';

/** Runs work in a separate transaction. */
export type InTransaction = <Result>(work: (client: pg.PoolClient) => Promise<Result>) => Promise<Result>;

/** Maximum work per transaction: about 50 ms. */
const maxConversations = 50;
const maxChanges = 100;

/**
 * Indexes the changes of some conversations: new messages, edits and deletions, from the same change feed as clients. It may stop
 * at any point: uncommitted work is repeated.
 * @returns whether there may be more to do
 */
export function followChanges(inTransaction: InTransaction): Promise<boolean> {
  return inTransaction(async (client) => {
    await indexAlone(client);
    // Removed first and read afterwards: a change that is marked in between is either read now or marked again.
    const taken = await run<{ id: string }>('search.take', takeText, [maxConversations], client);
    if (taken.length === 0) return false;
    const feed = await feedOf(
      taken.map(({ id }) => id),
      client,
    );
    const ids = [...new Set(feed.flatMap(({ changes }) => changes.map(({ messageId }) => messageId)))];
    const incomplete = await indexMessages(ids, client);
    await note(feed, client);
    await requestTexts(incomplete, client);
    return true;
  });
}

/** Marks conversations whose changes must be indexed. */
export async function markPending(conversationIds: string[], on?: pg.PoolClient): Promise<void> {
  await run('search.mark', markText, [uuidArray(conversationIds)], on);
}

/** Marks conversations that an ended process could not mark. */
export async function markMissed(): Promise<void> {
  await run('search.mark.missed', markMissedText, []);
}

/** Whether any marked conversation is left to index. */
export async function isPending(): Promise<boolean> {
  return (await run('search.pending', 'SELECT 1 FROM "SearchPending" LIMIT 1', [])).length > 0;
}

interface Feed {
  id: string;
  head: number;
  changes: Change[];
}

interface Change {
  rev: number;
  messageId: string;
}

async function feedOf(ids: string[], client: pg.PoolClient): Promise<Feed[]> {
  const rows = await run<FeedRow>('search.feed', feedText, [uuidArray(ids), maxChanges], client);
  const feeds: Feed[] = [];
  for (const { id, head, since, changes } of rows) {
    // Only the latest changes are kept. If the index is further behind, the messages themselves are compared.
    const isWhole = since >= head || changes?.[0]?.rev === since + 1;
    feeds.push({ id, head, changes: isWhole ? (changes ?? []) : await changedSince(id, since, client) });
  }
  return feeds;
}

const changedSince = (id: string, since: number, client: pg.PoolClient) =>
  run<Change>('search.changed', changedText, [id, since, maxChanges], client);

async function note(feeds: Feed[], client: pg.PoolClient): Promise<void> {
  const reached = feeds.map(({ head, changes }) => (changes.length < maxChanges ? head : (changes.at(-1)?.rev ?? head)));
  await run('search.note', noteText, [uuidArray(feeds.map(({ id }) => id)), reached], client);
  const behind = feeds.filter(({ head }, index) => (reached[index] ?? 0) < head).map(({ id }) => id);
  if (behind.length > 0) await markPending(behind, client);
}

interface FeedRow {
  id: string;
  head: number;
  since: number;
  changes: Change[] | null;
}

const takeText = `
  DELETE FROM "SearchPending" WHERE "conversationId" = ANY (ARRAY(
    SELECT "conversationId" FROM "SearchPending" ORDER BY since LIMIT $1 FOR UPDATE SKIP LOCKED))
  RETURNING "conversationId" AS id`;

const feedText = `
  SELECT c.id, c."lastRev" AS head, coalesce(s.rev, 0) AS since,
    (SELECT json_agg(h) FROM (SELECT h.rev, h."messageId" FROM "Change" h
      WHERE h."conversationId" = c.id AND h.rev > coalesce(s.rev, 0) ORDER BY h.rev LIMIT $2) h) AS changes
  FROM "Conversation" c LEFT JOIN "SearchProgress" s ON s."conversationId" = c.id WHERE c.id = ANY ($1::uuid[])`;

const changedText = `
  SELECT rev, id AS "messageId" FROM "Message" WHERE "conversationId" = $1 AND rev > $2 ORDER BY rev LIMIT $3`;

const noteText = `
  INSERT INTO "SearchProgress" AS s SELECT * FROM unnest($1::uuid[], $2::int[])
  ON CONFLICT ("conversationId") DO UPDATE SET rev = greatest(s.rev, excluded.rev)`;

const markText = `
  INSERT INTO "SearchPending" ("conversationId") SELECT DISTINCT k.id FROM unnest($1::uuid[]) AS k(id) ORDER BY k.id
  ON CONFLICT DO NOTHING`;

const markMissedText = `
  INSERT INTO "SearchPending" ("conversationId")
  SELECT c.id FROM "Conversation" c LEFT JOIN "SearchProgress" s ON s."conversationId" = c.id
  WHERE c."lastRev" > coalesce(s.rev, 0) ORDER BY c.id
  ON CONFLICT DO NOTHING`;
