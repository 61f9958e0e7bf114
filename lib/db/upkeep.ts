import type pg from 'pg';
import { pool } from '@/lib/db/pool';
import { log } from '@/lib/process/log';

const hoursBetween = 4;

/** How long a client's retry is still recognised. */
const daysOfSent = 7;
/** Who missed more of a conversation's changes than this is told to start over anyway. */
const changesKept = 1_000;
/** How long a deleted conversation can still be brought back. */
const daysOfDeleted = 30;

export type Job = [name: string, work: () => Promise<unknown>];

/** Does the upkeep now and every few hours. It never fails Parley: what does not work is logged, and tried again. */
export function scheduleUpkeep(jobs: Job[]): () => void {
  const timer = setInterval(() => void doUpkeep(jobs), hoursBetween * 3_600_000);
  timer.unref();
  void doUpkeep(jobs);
  return () => clearInterval(timer);
}

/** Of several processes on one database, one does it at a time; the others leave it out. */
export async function doUpkeep(jobs: Job[]): Promise<void> {
  let client: pg.PoolClient | undefined;
  try {
    client = await pool().connect();
    const { rows } = await client.query<{ mine: boolean }>("SELECT pg_try_advisory_lock(hashtext('parley_upkeep')) AS mine");
    if (!rows[0]?.mine) return;
    for (const [name, work] of jobs) await attempt(name, work);
    await client.query("SELECT pg_advisory_unlock(hashtext('parley_upkeep'))");
  } catch (error) {
    log().warn({ reason: (error as Error).message }, 'upkeep put off');
  } finally {
    client?.release();
  }
}

async function attempt(name: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log().error({ job: name, reason: (error as Error).message }, 'upkeep failed');
  }
}

/** Several months ahead, because a clock that jumps must find its partition. Also done before anybody can write. */
export const partitionsJob: Job = [
  'partitions',
  () => pool().query("SELECT parley_make_partitions(now() - interval '1 month', now() + interval '6 months')"),
];

/** What the database itself needs. */
export const databaseJobs: Job[] = [
  partitionsJob,
  ['client ids', pruneSent],
  ['changes', pruneChanges],
  ['sessions', () => pool().query(`DELETE FROM "Session" WHERE "expiresAt" < now() - interval '1 day'`)],
  ['invites', () => pool().query(`DELETE FROM "Invite" WHERE "expiresAt" < now() - interval '30 days'`)],
  ['conversations', purgeDeleted],
];

// In slices, so that no writer waits long for the rows.
function pruneSent(): Promise<void> {
  return inSlices(
    `DELETE FROM "Sent" WHERE ctid = ANY (ARRAY(
       SELECT ctid FROM "Sent" WHERE "messageId" < parley_floor(now() - make_interval(days => $1)) LIMIT $2))`,
    daysOfSent,
  );
}

// By number and not by age: a change of an old message is a new change, and the feed must have no hole.
function pruneChanges(): Promise<void> {
  return inSlices(
    `DELETE FROM "Change" WHERE ctid = ANY (ARRAY(
       SELECT h.ctid FROM "Conversation" c JOIN "Change" h ON h."conversationId" = c.id AND h.rev <= c."lastRev" - $1
       WHERE c."lastRev" > $1 LIMIT $2))`,
    changesKept,
  );
}

async function inSlices(text: string, value: unknown): Promise<void> {
  const slice = 5_000;
  while (((await pool().query(text, [value, slice])).rowCount ?? 0) === slice);
}

// Messages go first and in slices: one cascade over a long history would hold its locks for minutes.
async function purgeDeleted(): Promise<void> {
  const { rows } = await pool().query<{ id: string }>(
    `SELECT id FROM "Conversation" WHERE "deletedAt" < now() - make_interval(days => $1)`,
    [daysOfDeleted],
  );
  for (const { id } of rows) {
    await inSlices(
      'DELETE FROM "Message" WHERE id = ANY (ARRAY(SELECT id FROM "Message" WHERE "conversationId" = $1 LIMIT $2))',
      id,
    );
    await pool().query('DELETE FROM "Change" WHERE "conversationId" = $1', [id]);
    await pool().query('DELETE FROM "Sent" WHERE "conversationId" = $1', [id]);
    await pool().query('DELETE FROM "Conversation" WHERE id = $1', [id]);
  }
}
