import type pg from 'pg';
import { pool } from '@/lib/platform/db/pool';
import { transaction } from '@/lib/platform/db/sql';
import { backOffMs } from '@/lib/platform/jobs/back-off';
import type { JobKind, RunningJob } from '@/lib/platform/jobs/kind';
import { jobMetrics } from '@/lib/platform/jobs/metrics';
import { type ClaimedJob, completeJob, failJob, fenceJob, handBackJob, noteProgress } from '@/lib/platform/jobs/store';
import { wakeRunner } from '@/lib/platform/jobs/wake';
import { log } from '@/lib/platform/log/log';

/** Another process may run this job by now. */
export class JobLost extends Error {
  override readonly name = 'JobLost';
}

/** The reason of the signal when the node stops: an incomplete job returns to the queue. */
export class NodeStops extends Error {
  override readonly name = 'NodeStops';
}

const progressEveryMs = 1_000;

/** Runs a claimed job to its end and records the outcome. It never rejects. */
export async function execute<Payload>(
  kind: JobKind<Payload>,
  job: ClaimedJob,
  signal: AbortSignal,
  on: pg.Pool = pool(),
): Promise<void> {
  const end = jobMetrics().seconds.startTimer({ kind: kind.name });
  try {
    end({ outcome: await attempt(kind, job, signal, on) });
  } catch (error) {
    // The job stays locked until the lock expires, and is then run again.
    end({ outcome: 'lost' });
    log().warn({ job: job.id, kind: kind.name, reason: (error as Error).message }, 'The outcome of a job was not stored.');
  }
}

async function attempt<Payload>(kind: JobKind<Payload>, job: ClaimedJob, signal: AbortSignal, on: pg.Pool): Promise<string> {
  let result: unknown;
  try {
    if (job.attempts > kind.tries) throw new Error('Its process ended each time while it ran.');
    result = await kind.run(running(job, kind.payload.parse(job.payload), signal, on));
  } catch (error) {
    return noteFailure(kind, job, signal, on, error as Error);
  }
  const again = await completeJob(job, result, on);
  if (again) wakeRunner();
  return again === null ? 'lost' : 'done';
}

async function noteFailure(kind: JobKind, job: ClaimedJob, signal: AbortSignal, on: pg.Pool, error: Error): Promise<string> {
  if (signal.reason instanceof NodeStops) {
    await handBackJob(job, on);
    return 'handed_back';
  }
  if (error instanceof JobLost || signal.aborted) return 'lost';
  const parked = await failJob(job, error.message, kind.tries, backOffMs(job.attempts), on);
  const context = { job: job.id, kind: kind.name, attempt: job.attempts, reason: error.message };
  if (parked) log().error(context, 'A job failed as often as it may, and is parked.');
  else log().warn(context, 'A job failed and is tried again.');
  return parked ? 'parked' : 'failed';
}

function running<Payload>(job: ClaimedJob, payload: Payload, signal: AbortSignal, on: pg.Pool): RunningJob<Payload> {
  let notedAt = Number.NEGATIVE_INFINITY;
  return {
    id: job.id,
    payload,
    attempt: job.attempts,
    signal,
    progress: async (fraction) => {
      if (performance.now() - notedAt < progressEveryMs) return;
      notedAt = performance.now();
      await noteProgress(job, Math.min(Math.max(fraction, 0), 1), on);
    },
    transaction: (work) =>
      transaction(async (client) => {
        if (!(await fenceJob(job, client))) throw new JobLost(`The job ${job.id} is another process's.`);
        return work(client);
      }),
  };
}
