import { pool } from '@/lib/platform/db/pool';
import { type Lease, LeaseLost, withLease } from '@/lib/platform/jobs/lease';
import { log } from '@/lib/platform/log/log';
import { measured } from '@/lib/platform/metrics/metrics';

/** One lease for all of it, so that no job has to mind another one. Whoever else meddles with what jobs do takes it too. */
export const upkeepLease = 'upkeep';

const everySeconds = 4 * 3_600;
/** How soon others take up what a node that died has left undone: this, and what is left of its lease. */
const lookEveryMs = 60_000;

/** How long a client's retry is still recognised. */
const daysOfSent = 7;
/** Who missed more of a conversation's changes than this is told to start over anyway. */
const changesKept = 1_000;
/** How long a deleted conversation can still be brought back. */
const daysOfDeleted = 30;

export type Job = [name: string, work: (lease: Lease) => Promise<unknown>];

/**
 * Does the upkeep once this process has started and every few hours, unless another one has. It never fails Parley: what does not
 * work is logged, and tried again.
 * @returns ends it; what is under way stops at its next step
 */
export function scheduleUpkeep(jobs: Job[]): () => void {
  const started = performance.now();
  const stop = new AbortController();
  const look = () => void doUpkeep(jobs, Math.min((performance.now() - started) / 1_000, everySeconds), stop.signal);
  const timer = setInterval(look, lookEveryMs);
  timer.unref();
  look();
  return () => {
    clearInterval(timer);
    stop.abort();
  };
}

/**
 * Of several processes on one database, one does it at a time; the others leave it out.
 * @param restSeconds leaves it out when it was done within so many seconds
 */
export async function doUpkeep(jobs: Job[], restSeconds = 0, stop?: AbortSignal): Promise<void> {
  const all = async (lease: Lease) => {
    for (const [name, work] of jobs) await attempt(name, () => work(lease));
  };
  await withLease(upkeepLease, restSeconds, all, stop).catch((error: Error) =>
    log().warn({ reason: error.message }, 'upkeep put off'),
  );
}

/** One that fails leaves the others to be done; without the lease none may be. */
async function attempt(name: string, work: () => Promise<unknown>): Promise<void> {
  const end = measured().jobs.startTimer({ job: name });
  try {
    await work();
    end({ outcome: 'done' });
  } catch (error) {
    end({ outcome: 'failed' });
    if (error instanceof LeaseLost) throw error;
    log().error({ job: name, reason: (error as Error).message }, 'upkeep failed');
  }
}

const partitionsText = "SELECT parley_make_partitions(now() - interval '1 month', now() + interval '6 months')";

/**
 * Several months ahead, because a clock that jumps must find its partition. Done before anybody can write, by every process: what
 * is there is left alone, and two at once wait for each other.
 */
export async function preparePartitions(): Promise<void> {
  await attempt('partitions', () => pool().query(partitionsText));
}

/** What the database itself needs. */
export const databaseJobs: Job[] = [
  ['partitions', (lease) => inTurn(lease, partitionsText)],
  ['client ids', pruneSent],
  ['changes', pruneChanges],
  ['sessions', (lease) => inTurn(lease, `DELETE FROM "Session" WHERE "expiresAt" < now() - interval '1 day'`)],
  ['invites', (lease) => inTurn(lease, `DELETE FROM "Invite" WHERE "expiresAt" < now() - interval '30 days'`)],
  ['conversations', purgeDeleted],
];

// In slices, so that no writer waits long for the rows.
function pruneSent(lease: Lease): Promise<void> {
  return inSlices(
    lease,
    `DELETE FROM "Sent" WHERE ctid = ANY (ARRAY(
       SELECT ctid FROM "Sent" WHERE "messageId" < parley_floor(now() - make_interval(days => $1)) LIMIT $2))`,
    daysOfSent,
  );
}

// By number and not by age: a change of an old message is a new change, and the feed must have no hole.
function pruneChanges(lease: Lease): Promise<void> {
  return inSlices(
    lease,
    `DELETE FROM "Change" WHERE ctid = ANY (ARRAY(
       SELECT h.ctid FROM "Conversation" c JOIN "Change" h ON h."conversationId" = c.id AND h.rev <= c."lastRev" - $1
       WHERE c."lastRev" > $1 LIMIT $2))`,
    changesKept,
  );
}

async function inSlices(lease: Lease, text: string, value: unknown): Promise<void> {
  const slice = 5_000;
  while ((await inTurn(lease, text, [value, slice])) === slice);
}

/** One statement, done only while the lease is held. @returns how many rows it touched */
function inTurn(lease: Lease, text: string, values: unknown[] = []): Promise<number> {
  return lease.transaction(async (client) => (await client.query(text, values)).rowCount ?? 0);
}

// Messages go first and in slices: one cascade over a long history would hold its locks for minutes.
async function purgeDeleted(lease: Lease): Promise<void> {
  const { rows } = await pool().query<{ id: string }>(
    `SELECT id FROM "Conversation" WHERE "deletedAt" < now() - make_interval(days => $1)`,
    [daysOfDeleted],
  );
  for (const { id } of rows) {
    await inSlices(
      lease,
      'DELETE FROM "Message" WHERE id = ANY (ARRAY(SELECT id FROM "Message" WHERE "conversationId" = $1 LIMIT $2))',
      id,
    );
    await inTurn(lease, 'DELETE FROM "Change" WHERE "conversationId" = $1', [id]);
    await inTurn(lease, 'DELETE FROM "Sent" WHERE "conversationId" = $1', [id]);
    await inTurn(lease, 'DELETE FROM "Conversation" WHERE id = $1', [id]);
  }
}
