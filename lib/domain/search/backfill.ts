import type pg from 'pg';
import { extractTexts } from '@/lib/domain/search/attachment-texts';
import { requestTexts } from '@/lib/domain/search/files-job';
import type { InTransaction } from '@/lib/domain/search/follow';
import { indexMessages } from '@/lib/domain/search/index-messages';
import { indexAlone } from '@/lib/domain/search/lock';
import { run } from '@/lib/platform/db/sql';
import { log } from '@/lib/platform/log/log';

/** Number of messages per transaction. */
const batch = 200;

/**
 * Indexes a batch of the messages that an upgrade or a restored month left unindexed, the newest first. It may stop at any point:
 * the progress is stored in the same transaction as the index.
 * @returns whether there may be more to do
 */
export async function backfill(inTransaction: InTransaction, signal?: AbortSignal): Promise<boolean> {
  await prepareTexts(signal);
  return inTransaction(async (client) => {
    await indexAlone(client);
    const [month] = await run<Backfill>('search.backfill', nextText, [], client);
    if (!month) return false;
    const ids = await idsOf(month, client);
    const last = ids.at(-1);
    const incomplete = await indexMessages(ids, client, { anew: true });
    if (last && ids.length === batch) await run('search.backfill.note', noteText, [month.month, last], client);
    else await run('search.backfill.end', endText, [month.month], client);
    await requestTexts(incomplete, client);
    return true;
  });
}

/**
 * Stores the texts of the next batch's files before the index is locked. Here and not in jobs, because the files of years would be
 * ahead of every new one. Only files that cannot be read now are left to jobs.
 */
async function prepareTexts(signal?: AbortSignal): Promise<void> {
  const [month] = await run<Backfill>('search.backfill.peek', peekText, []);
  if (!month) return;
  try {
    await extractTexts(await idsOf(month), signal);
  } catch (error) {
    signal?.throwIfAborted();
    log().warn({ reason: (error as Error).message }, 'Files could not be read for the index, and are read later.');
  }
}

async function idsOf({ since, before }: Backfill, client?: pg.PoolClient): Promise<string[]> {
  const rows = await run<{ id: string }>('search.backfill.ids', idsText, [since, before, batch], client);
  return rows.map(({ id }) => id);
}

/** Whether any messages are left to index. */
export async function isBackfilling(): Promise<boolean> {
  return (await run('search.backfilling', 'SELECT 1 FROM "SearchBackfill" LIMIT 1', [])).length > 0;
}

/**
 * Has all messages indexed again, the newest first. Until then they are found as before.
 * @returns the number of months
 */
export async function reindexAll(): Promise<number> {
  return (await run('search.reindex', reindexText, [])).length;
}

interface Backfill {
  month: string;
  since: string;
  before: string;
}

const peekText = 'SELECT month, since, before FROM "SearchBackfill" ORDER BY month DESC LIMIT 1';

const nextText = `${peekText} FOR UPDATE`;

const idsText = 'SELECT id FROM "Message" WHERE id >= $1 AND id < $2 ORDER BY id DESC LIMIT $3';

const noteText = 'UPDATE "SearchBackfill" SET before = $2 WHERE month = $1';

const endText = 'DELETE FROM "SearchBackfill" WHERE month = $1';

const reindexText = `
  INSERT INTO "SearchBackfill" SELECT p.month, parley_floor(p.at), parley_floor((p.at AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC')
  FROM (SELECT replace(substr(c.relname, 9), '_', '-') AS month, to_date(substr(c.relname, 9), 'YYYY_MM')::timestamp AT TIME ZONE 'UTC' AS at
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = '"Message"'::regclass AND c.relname ~ '^Message_[0-9]{4}_[0-9]{2}$') p
  WHERE p.at <= now()
  ON CONFLICT (month) DO UPDATE SET since = excluded.since, before = excluded.before
  RETURNING month`;
