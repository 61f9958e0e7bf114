import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { backfill, isBackfilling } from '@/lib/domain/search/backfill';
import { filesJob } from '@/lib/domain/search/files-job';
import { followChanges } from '@/lib/domain/search/follow';
import { defineJob } from '@/lib/platform/jobs/kind';

const nothing = z.strictObject({});

/** How long the job waits for further changes before it ends, so that one job serves a conversation instead of one message. */
const lingerMs = { step: 100, idle: 2_000 };
/** Longest pause of a busy node between two batches. A message is then found a little later than 2 s after its commit. */
const maxRestMs = 2_500;

/** Indexes changes. Only one runs at a time, on any node. */
export const followJob = defineJob({
  name: 'search.index',
  payload: nothing,
  concurrency: 1,
  tries: 10,
  run: async ({ transaction, signal }) => {
    let workedAt = performance.now();
    while (performance.now() - workedAt < lingerMs.idle) {
      signal.throwIfAborted();
      const began = performance.now();
      const worked = await followChanges(transaction);
      await rest(worked ? performance.now() - began : 0, lingerMs.step, signal);
      if (worked) workedAt = performance.now();
    }
    // Changes marked from here on request the job while it runs, so it runs again.
    while (await followChanges(transaction)) signal.throwIfAborted();
  },
});

/**
 * Pauses so that the job takes half of the time that the node has to spare: half of an idle node's, 5% on a node that is busy for 90%
 * of the time. Sends go first, and the index may fall behind.
 */
async function rest(tookMs: number, leastMs: number, signal: AbortSignal): Promise<void> {
  const before = performance.eventLoopUtilization();
  await wait(leastMs, undefined, { signal });
  const { utilization } = performance.eventLoopUtilization(before);
  const share = Math.max(1 - utilization, 0.01) / 2;
  const restMs = Math.min(tookMs / share - tookMs, maxRestMs) - leastMs;
  if (restMs > 0) await wait(restMs, undefined, { signal });
}

/** Indexes the messages of an upgrade or a restored month in the background. */
export const backfillJob = defineJob({
  name: 'search.backfill',
  payload: nothing,
  concurrency: 1,
  tries: 10,
  run: async ({ transaction, signal }) => {
    for (let more = true; more; ) {
      signal.throwIfAborted();
      const began = performance.now();
      more = await backfill(transaction, signal);
      const tookMs = performance.now() - began;
      if (more) await rest(tookMs, tookMs, signal);
    }
    return { finished: !(await isBackfilling()) };
  },
});

export const searchJobs = [followJob, backfillJob, filesJob];
