import { log } from '@/lib/platform/log/log';
import { type Lease, LeaseLost, withLease } from '@/lib/platform/upkeep/lease';
import { upkeepMetrics } from '@/lib/platform/upkeep/metrics';

/** One lease for all tasks, so that no task can conflict with another. Scripts that touch the same rows take it too. */
export const upkeepLease = 'upkeep';

const everySeconds = 4 * 3_600;
/** Interval of the checks. After a node died, another one continues after this time and the rest of the lease. */
const lookEveryMs = 60_000;

/** A part of the regular clean-up, under its lease. Work that follows from an event is a job instead (platform/jobs). */
export type UpkeepTask = [name: string, work: (lease: Lease) => Promise<unknown>];

/**
 * Runs the upkeep when this process has started, and every few hours, unless another process has. Failures are logged and
 * retried, and never stop Parley.
 * @returns a function that ends it; running work stops at its next step
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
 * Runs the upkeep under its lease: of several processes on one database only one does it at a time.
 * @param restSeconds skips the upkeep when it was completed within this time
 */
export async function doUpkeep(tasks: UpkeepTask[], restSeconds = 0, stop?: AbortSignal): Promise<void> {
  const all = async (lease: Lease) => {
    for (const [name, work] of tasks) await attemptTask(name, () => work(lease));
  };
  await withLease(upkeepLease, restSeconds, all, stop).catch((error: Error) =>
    log().warn({ reason: error.message }, 'upkeep put off'),
  );
}

/** Runs one task. Its failure does not stop the others, except when the lease is lost. */
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

/** Repeats a statement that changes a limited number of rows ($2) until none are left, so that writers wait only briefly. */
export async function inSlices(lease: Lease, text: string, value: unknown): Promise<void> {
  const slice = 5_000;
  while ((await runUnderLease(lease, text, [value, slice])) === slice);
}

/**
 * Runs one statement while the lease is held.
 * @returns the number of rows it changed
 */
export function runUnderLease(lease: Lease, text: string, values: unknown[] = []): Promise<number> {
  return lease.transaction(async (client) => (await client.query(text, values)).rowCount ?? 0);
}
