import type pg from 'pg';
import { afterCommit, run } from '@/lib/platform/db/sql';
import { execute } from '@/lib/platform/jobs/execution';
import type { JobKind } from '@/lib/platform/jobs/kind';
import { lockSeconds, processName } from '@/lib/platform/jobs/store';
import { wakeRunner } from '@/lib/platform/jobs/wake';

export interface JobOptions {
  /** At most one open job of a kind has this key; see `enqueue`. */
  key?: string;
  /** the earliest start; by default now */
  runAt?: Date;
  /** the person who may follow it: GET /api/jobs/:id */
  ownerId?: string;
}

/**
 * Stores a job in the transaction of what causes it. It starts after the commit: at once in this process, within a second elsewhere.
 *
 * An open job with the same kind and key absorbs this one. It takes the new payload, and runs at the earlier of both times. When it is
 * running, it runs again afterwards, so a change that arrives meanwhile is not lost. When it waits for its next try, it keeps waiting.
 * The row stays locked until the commit. Enqueue last, and several keys in their order, so that two transactions cannot deadlock.
 * @returns the job's id, or that of the job that absorbed it
 */
export async function enqueue<Payload>(
  on: pg.Pool | pg.PoolClient,
  kind: JobKind<Payload>,
  payload: NoInfer<Payload>,
  { key, runAt, ownerId }: JobOptions = {},
): Promise<string> {
  const values = [kind.name, key ?? null, ownerId ?? null, JSON.stringify(payload), runAt ?? null];
  const [row] = await run<{ id: string }>('jobs.enqueue', enqueueText, values, on);
  if (!row) throw new Error('A job was not stored.');
  if (!runAt || runAt.getTime() <= Date.now()) afterCommit(on, wakeRunner);
  return row.id;
}

/**
 * Stores a job that this process runs itself, right after the commit, for a caller who waits for its effect. Another process
 * takes it over when this one dies, or has not completed it within `lockSeconds`, so it must be short.
 * @returns a function that runs it; call it after the commit. A failed job is retried later, and the caller gets no error
 */
export async function enqueueClaimed<Payload>(
  client: pg.PoolClient,
  kind: JobKind<Payload>,
  payload: NoInfer<Payload>,
): Promise<() => Promise<void>> {
  const values = [kind.name, JSON.stringify(payload), lockSeconds, processName()];
  const [row] = await run<{ id: string }>('jobs.enqueue.claimed', enqueueClaimedText, values, client);
  if (!row) throw new Error('A job was not stored.');
  const claimed = { id: row.id, kind: kind.name, payload, attempts: 1, requests: 1, token: 1 };
  return () => execute(kind, claimed, new AbortController().signal);
}

const newId = 'parley_uuid((extract(epoch FROM clock_timestamp()) * 1000)::bigint << 12)';

// An update and not DO NOTHING: its row lock keeps the job from being claimed before this transaction commits, and then missing its
// change. `attempts` is 0 until a job begins.
const enqueueText = `
  INSERT INTO "Job" (id, kind, key, "ownerId", payload, "runAt") VALUES (${newId}, $1, $2, $3, $4, coalesce($5, now()))
  ON CONFLICT (kind, key) WHERE "doneAt" IS NULL AND "failedAt" IS NULL DO UPDATE SET
    payload = excluded.payload, requests = "Job".requests + 1,
    "runAt" = CASE WHEN "Job".attempts = 0 THEN least("Job"."runAt", excluded."runAt") ELSE "Job"."runAt" END
  RETURNING id`;

const enqueueClaimedText = `
  INSERT INTO "Job" (id, kind, payload, attempts, token, "lockedUntil", "lockedBy")
  VALUES (${newId}, $1, $2, 1, 1, clock_timestamp() + make_interval(secs => $3), $4) RETURNING id`;
