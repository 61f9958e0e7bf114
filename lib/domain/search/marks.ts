import { onMessagesChanged } from '@/lib/domain/messages/message';
import { isBackfilling } from '@/lib/domain/search/backfill';
import { isPending, markMissed, markPending } from '@/lib/domain/search/follow';
import { backfillJob, followJob } from '@/lib/domain/search/jobs';
import { pool } from '@/lib/platform/db/pool';
import { transaction } from '@/lib/platform/db/sql';
import { enqueue } from '@/lib/platform/jobs/queue';
import { log } from '@/lib/platform/log/log';

/** Changes within this time are marked together, in one statement for all conversations. */
const gatherMs = 300;
/** Interval in which the missing marks of a killed process are found. */
const lookEveryMs = 60_000;

/**
 * Indexes this node's changes. It does not slow down sends: a conversation is noted in memory after the acks, and marked in the
 * database a moment later.
 * @returns a function that ends it; noted conversations are marked first
 */
export function followMessages(): () => Promise<void> {
  const noted = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let marking = Promise.resolve();
  const mark = () => {
    clearTimeout(timer);
    timer = undefined;
    const ids = [...noted];
    noted.clear();
    if (ids.length > 0) marking = marking.then(() => requestIndexing(ids)).catch(notMarked);
  };
  const stopListening = onMessagesChanged((conversationId) => {
    noted.add(conversationId);
    timer ??= setTimeout(mark, gatherMs).unref();
  });
  const look = () => void findMissed().catch(notMarked);
  const looking = setInterval(look, lookEveryMs).unref();
  look();
  return async () => {
    stopListening();
    clearInterval(looking);
    mark();
    await marking;
  };
}

/** Marks conversations and enqueues the job that indexes them. */
export async function requestIndexing(conversationIds: string[]): Promise<void> {
  await transaction(async (client) => {
    await markPending(conversationIds, client);
    await enqueue(client, followJob, {}, { key: 'changes' });
  });
}

/** Enqueues missing work: changes that no process has marked, marked ones whose job is gone, and months that are not indexed. */
export async function findMissed(): Promise<void> {
  await markMissed();
  if (await isPending()) await enqueue(pool(), followJob, {}, { key: 'changes' });
  if (await isBackfilling()) await enqueue(pool(), backfillJob, {}, { key: 'months' });
}

// Nothing is lost, because findMissed finds these conversations.
const notMarked = (error: Error) => log().warn({ reason: error.message }, 'Changes could not be marked for the index yet.');
