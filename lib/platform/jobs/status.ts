import { run } from '@/lib/platform/db/sql';
import { notFound } from '@/lib/platform/errors/error';
import type { JobState } from '@/lib/platform/jobs/schema';

/**
 * The progress of a job.
 * @throws NOT_FOUND unless it belongs to this person, and is open or was completed in the last 7 days
 */
export async function getJob(ownerId: string, id: string): Promise<JobState> {
  const [row] = await run<JobState>('jobs.status', statusText, [id, ownerId]);
  if (!row) throw notFound();
  return row;
}

const statusText = `
  SELECT j.progress, CASE WHEN j."doneAt" IS NOT NULL THEN j.result END AS result,
    CASE WHEN j."doneAt" IS NOT NULL THEN 'done' WHEN j."failedAt" IS NOT NULL THEN 'failed'
      WHEN j."lockedUntil" IS NOT NULL THEN 'running' ELSE 'waiting' END AS state
  FROM "Job" j WHERE j.id = $1 AND j."ownerId" = $2`;
