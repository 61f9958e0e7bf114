import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { backfill, isBackfilling } from '@/lib/domain/search/backfill';
import { followChanges } from '@/lib/domain/search/follow';
import { defineJob } from '@/lib/platform/jobs/kind';

const nothing = z.strictObject({});

/**
 * How long the job waits for further changes before it ends: under traffic, one job then serves a minute instead of half a
 * second.
 */
const lingerMs = { step: 100, idle: 2_000, all: 60_000 };
/** Above this share of its processor a node is so busy that people's requests take precedence, and the index may fall behind. */
const busy = { share: 0.85, restTimes: 9, maxRestMs: 1_000 };

/** Indexes changes. Only one runs at a time, on any node. */
export const followJob = defineJob({
  name: 'search.index',
  payload: nothing,
  concurrency: 1,
  tries: 10,
  run: async ({ transaction, signal }) => {
    const started = performance.now();
    let workedAt = started;
    while (performance.now() - started < lingerMs.all && performance.now() - workedAt < lingerMs.idle) {
      signal.throwIfAborted();
      const began = performance.now();
      const worked = await followChanges(transaction);
      const took = performance.now() - began;
      if (worked) workedAt = performance.now();
      await rest(worked ? took : 0, signal);
    }
    // Changes marked from here on request the job while it runs, so it runs again.
    while (await followChanges(transaction)) signal.throwIfAborted();
  },
});

/** Pauses for other work, and longer when the node is busy. */
async function rest(tookMs: number, signal: AbortSignal): Promise<void> {
  const before = performance.eventLoopUtilization();
  await wait(lingerMs.step, undefined, { signal });
  if (performance.eventLoopUtilization(before).utilization < busy.share) return;
  await wait(Math.min(tookMs * busy.restTimes, busy.maxRestMs), undefined, { signal });
}

/** Indexes the messages of an upgrade or a restored month in the background. It pauses for as long as it works. */
export const backfillJob = defineJob({
  name: 'search.backfill',
  payload: nothing,
  concurrency: 1,
  tries: 10,
  run: async ({ transaction, signal }) => {
    for (let more = true; more; ) {
      signal.throwIfAborted();
      const began = performance.now();
      more = await backfill(transaction);
      if (more) await wait(performance.now() - began, undefined, { signal });
    }
    return { finished: !(await isBackfilling()) };
  },
});

export const searchJobs = [followJob, backfillJob];
