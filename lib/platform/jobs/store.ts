import { hostname } from 'node:os';
import type pg from 'pg';
import { pool } from '@/lib/platform/db/pool';
import { run } from '@/lib/platform/db/sql';

/** A claimed job whose lock is not extended for this long may be claimed by others. Its node extends it four times in that time. */
export const lockSeconds = 20;

/** Names the process that runs a job, for people. */
export const processName = () => `${hostname()}:${process.pid}`;

/** A job that this process holds. Every write checks its token, so that it never changes a later holder's job. */
export interface ClaimedJob {
  id: string;
  kind: string;
  payload: unknown;
  /** including this try */
  attempts: number;
  /** how often it has been requested */
  requests: number;
  token: number;
}

/**
 * Claims due jobs: waiting ones, and those whose process has not extended its lock.
 * @param slots the maximum number per kind
 */
export function claimJobs(slots: Map<string, number>, on: pg.Pool): Promise<ClaimedJob[]> {
  return run<ClaimedJob>('jobs.claim', claimText, [[...slots.keys()], [...slots.values()], lockSeconds, processName()], on);
}

/** @returns whether this process still holds the job */
export async function extendJob({ id, token }: ClaimedJob, on: pg.Pool): Promise<boolean> {
  return (await run('jobs.extend', extendText, [id, token, lockSeconds], on)).length > 0;
}

/** @returns whether it must run again, because it was requested while it ran; null when another process holds it */
export async function completeJob({ id, token, requests }: ClaimedJob, result: unknown, on = pool()): Promise<boolean | null> {
  const values = [id, token, requests, JSON.stringify(result ?? null)];
  const [row] = await run<{ again: boolean }>('jobs.complete', completeText, values, on);
  return row?.again ?? null;
}

/**
 * Records a failed try. The job waits for the next one, or is parked after the last.
 * @returns whether it is parked now
 */
export async function failJob(
  { id, token, requests }: ClaimedJob,
  reason: string,
  tries: number,
  waitMs: number,
  on = pool(),
): Promise<boolean> {
  const values = [id, token, requests, reason.slice(0, 1_000), tries, waitMs / 1_000];
  const [row] = await run<{ parked: boolean }>('jobs.fail', failText, values, on);
  return row?.parked ?? false;
}

/** Returns an incomplete job. Others may claim it at once, and the try does not count. */
export async function handBackJob({ id, token }: ClaimedJob, on = pool()): Promise<void> {
  await run('jobs.hand.back', handBackText, [id, token], on);
}

export async function noteProgress({ id, token }: ClaimedJob, fraction: number, on = pool()): Promise<void> {
  await run('jobs.progress', progressText, [id, token, fraction], on);
}

/**
 * In a transaction: locks the job against other claims until the transaction ends.
 * @returns whether this process still holds it
 */
export async function fenceJob({ id, token }: ClaimedJob, client: pg.PoolClient): Promise<boolean> {
  return (await run('jobs.fence', fenceText, [id, token], client)).length > 0;
}

export interface OpenJobs {
  kind: string;
  waiting: number;
  running: number;
  /** parked */
  failed: number;
  /** how long the oldest due job has been waiting */
  oldestSeconds: number;
}

/** Counts jobs that are not done, by kind. */
export function countOpenJobs(): Promise<OpenJobs[]> {
  return run<OpenJobs>('jobs.count', countText, []);
}

const isOpen = (job: string) => `${job}."doneAt" IS NULL AND ${job}."failedAt" IS NULL`;

// One index lookup per kind, so that many waiting jobs of one kind do not slow down the others. now() instead of
// clock_timestamp(), which is volatile and cannot be an index condition: all jobs of later days would be read.
const claimText = `
  WITH due AS MATERIALIZED (
    SELECT d.id FROM unnest($1::text[], $2::int[]) AS k(kind, free) CROSS JOIN LATERAL (
      SELECT w.id FROM "Job" w WHERE w.kind = k.kind AND ${isOpen('w')} AND w."runAt" <= now()
        AND (w."lockedUntil" IS NULL OR w."lockedUntil" <= now())
      ORDER BY w."runAt" LIMIT k.free FOR UPDATE SKIP LOCKED) d)
  UPDATE "Job" j SET attempts = j.attempts + 1, token = j.token + 1, "lockedBy" = $4, progress = 0,
    "lockedUntil" = clock_timestamp() + make_interval(secs => $3)
  FROM due WHERE j.id = due.id
  RETURNING j.id, j.kind, j.payload, j.attempts, j.requests, j.token`;

const held = `j.id = $1 AND j.token = $2 AND j."lockedUntil" IS NOT NULL AND ${isOpen('j')}`;

const extendText = `
  UPDATE "Job" j SET "lockedUntil" = clock_timestamp() + make_interval(secs => $3) WHERE ${held} RETURNING j.id`;

const completeText = `
  UPDATE "Job" j SET "lockedUntil" = NULL, "lastError" = NULL,
    "doneAt" = CASE WHEN j.requests = $3 THEN clock_timestamp() END, result = $4, progress = CASE WHEN j.requests = $3 THEN 1 ELSE 0 END,
    attempts = CASE WHEN j.requests = $3 THEN j.attempts ELSE 0 END
  WHERE ${held} RETURNING j."doneAt" IS NULL AS again`;

// A request during the last try has not been tried yet.
const failText = `
  UPDATE "Job" j SET "lockedUntil" = NULL, "lastError" = $4, "runAt" = clock_timestamp() + make_interval(secs => $6),
    "failedAt" = CASE WHEN j.attempts >= $5 AND j.requests = $3 THEN clock_timestamp() END,
    attempts = CASE WHEN j.attempts >= $5 AND j.requests <> $3 THEN 0 ELSE j.attempts END
  WHERE ${held} RETURNING j."failedAt" IS NOT NULL AS parked`;

// Without its lock, later writes of a function that did not stop are refused.
const handBackText = `UPDATE "Job" j SET "lockedUntil" = NULL, attempts = greatest(j.attempts - 1, 0) WHERE ${held}`;

const progressText = `UPDATE "Job" j SET progress = $3 WHERE ${held}`;

// KEY SHARE allows extensions and requests, but conflicts with the claim's FOR UPDATE, which skips the row.
const fenceText = `SELECT j.id FROM "Job" j WHERE ${held} FOR KEY SHARE`;

const countText = `
  SELECT kind, sum(waiting)::int AS waiting, sum(running)::int AS running, sum(failed)::int AS failed,
    greatest(extract(epoch FROM clock_timestamp() - min(since)), 0)::float AS "oldestSeconds"
  FROM (
    SELECT w.kind, count(*) FILTER (WHERE w."lockedUntil" IS NULL) AS waiting, count(w."lockedUntil") AS running, 0 AS failed,
      min(w."runAt") FILTER (WHERE w."lockedUntil" IS NULL) AS since
    FROM "Job" w WHERE ${isOpen('w')} GROUP BY w.kind
    UNION ALL
    SELECT f.kind, 0, 0, count(*), NULL FROM "Job" f WHERE f."failedAt" IS NOT NULL GROUP BY f.kind) j
  GROUP BY kind ORDER BY kind`;
