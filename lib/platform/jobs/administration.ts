import { run } from '@/lib/platform/db/sql';

/** A job that waits, runs or is parked, for administrators. */
export interface OpenJob {
  id: string;
  kind: string;
  key: string | null;
  state: 'waiting' | 'running' | 'parked';
  runAt: Date;
  attempts: number;
  lockedBy: string;
  lastError: string | null;
}

/** @returns parked ones first, then those that have been due for longest */
export function listOpenJobs(limit: number): Promise<OpenJob[]> {
  return run<OpenJob>('jobs.open', openText, [limit]);
}

/**
 * Gives a parked job all its tries again, at once.
 * @returns false when it is not parked, or an open job has its key by now and does its work
 */
export async function retryJob(id: string): Promise<boolean> {
  return (await run('jobs.retry', retryText, [id])).length > 0;
}

const openText = `
  SELECT j.id, j.kind, j.key, j."runAt", j.attempts, j."lockedBy", j."lastError",
    CASE WHEN j."failedAt" IS NOT NULL THEN 'parked' WHEN j."lockedUntil" IS NOT NULL THEN 'running' ELSE 'waiting' END AS state
  FROM "Job" j WHERE j."doneAt" IS NULL ORDER BY j."failedAt", j."runAt" LIMIT $1`;

const retryText = `
  UPDATE "Job" j SET "failedAt" = NULL, attempts = 0, "runAt" = now()
  WHERE j.id = $1 AND j."failedAt" IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM "Job" o WHERE o.kind = j.kind AND o.key = j.key AND o."doneAt" IS NULL AND o."failedAt" IS NULL)
  RETURNING j.id`;
