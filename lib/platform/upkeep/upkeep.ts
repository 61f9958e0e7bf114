import { log } from '@/lib/platform/log/log';
import { type Lease, LeaseLost, withLease } from '@/lib/platform/upkeep/lease';
import { upkeepMetrics } from '@/lib/platform/upkeep/metrics';

/** One lease for all tasks, so that no task has to mind another. Scripts that touch the same rows take it too. */
export const upkeepLease = 'upkeep';

const everySeconds = 4 * 3_600;
/** How soon others take up what a node that died has left undone: this, and what is left of its lease. */
const lookEveryMs = 60_000;

/** A part of the regular clean-up, under its lease. What one event causes is a job of the queue instead (platform/jobs). */
export type UpkeepTask = [name: string, work: (lease: Lease) => Promise<unknown>];

/**
 * Does the upkeep once this process has started and every few hours, unless another one has. It never fails Parley: what does not
 * work is logged, and tried again.
 * @returns ends it; what is under way stops at its next step
 */
export function scheduleUpkeep(tasks: UpkeepTask[]): () => void {
  const started = performance.now();
  const stop = new AbortController();
  const look = () => void doUpkeep(tasks, Math.min((performance.now() - started) / 1_000, everySeconds), stop.signal);
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
export async function doUpkeep(tasks: UpkeepTask[], restSeconds = 0, stop?: AbortSignal): Promise<void> {
  const all = async (lease: Lease) => {
    for (const [name, work] of tasks) await attemptTask(name, () => work(lease));
  };
  await withLease(upkeepLease, restSeconds, all, stop).catch((error: Error) =>
    log().warn({ reason: error.message }, 'upkeep put off'),
  );
}

/** One that fails leaves the others to be done; without the lease none may be. */
export async function attemptTask(name: string, work: () => Promise<unknown>): Promise<void> {
  const end = upkeepMetrics().upkeep.startTimer({ task: name });
  try {
    await work();
    end({ outcome: 'done' });
  } catch (error) {
    end({ outcome: 'failed' });
    if (error instanceof LeaseLost) throw error;
    log().error({ task: name, reason: (error as Error).message }, 'upkeep failed');
  }
}

/** Repeats a statement that touches at most so many rows ($2) until there are none left, so that no writer waits long for them. */
export async function inSlices(lease: Lease, text: string, value: unknown): Promise<void> {
  const slice = 5_000;
  while ((await runUnderLease(lease, text, [value, slice])) === slice);
}

/** One statement, run only while the lease is held. @returns how many rows it touched */
export function runUnderLease(lease: Lease, text: string, values: unknown[] = []): Promise<number> {
  return lease.transaction(async (client) => (await client.query(text, values)).rowCount ?? 0);
}
