import pg from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { pool } from '@/lib/platform/db/pool';
import { transaction } from '@/lib/platform/db/sql';
import { JobLost } from '@/lib/platform/jobs/execution';
import type { RunningJob } from '@/lib/platform/jobs/kind';
import { enqueue, enqueueClaimed } from '@/lib/platform/jobs/queue';
import { lockSeconds } from '@/lib/platform/jobs/store';
import { log } from '@/lib/platform/log/log';
import { eventually } from '@/tests/support/eventually';
import { doneJob, gate, jobRow, kindOf, makeDue, type Note, node } from '@/tests/support/jobs';

beforeEach(async () => {
  await pool().query('TRUNCATE "Job"');
  vi.spyOn(log(), 'warn').mockReturnValue();
  vi.spyOn(log(), 'error').mockReturnValue();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A kind whose runs wait until the test lets each of them go on. */
function held(options?: { tries?: number; concurrency?: number }) {
  const runs: { job: RunningJob<Note>; finish: () => void }[] = [];
  const kind = kindOf(async (job) => {
    const { open, opened } = gate();
    runs.push({ job, finish: open });
    await opened;
    return runs.length;
  }, options);
  const run = (index: number) =>
    eventually(() => {
      const found = runs[index];
      if (!found) throw new Error(`It has run ${runs.length} times.`);
      return found;
    });
  return { kind, runs, run };
}

test('a job of a node that died is taken over when its lock is over, and not before', async () => {
  const { kind, runs, run } = held();
  node(kind).start();
  const id = await enqueue(pool(), kind, { note: 'long' });
  const first = await run(0);
  const other = node(kind);
  other.start();
  await doneJob(await finished(run, await enqueue(pool(), kind, { note: 'another' }), 1));
  expect(runs).toHaveLength(2);
  const { lockedUntil } = await jobRow(id);
  expect((lockedUntil?.getTime() ?? 0) - Date.now()).toBeGreaterThan((lockSeconds / 2) * 1_000);
  await makeDue(id);
  other.wake();
  const second = await run(2);
  expect([first.job.attempt, second.job.attempt]).toEqual([1, 2]);
  second.finish();
  await doneJob(id);
  first.finish();
});

async function finished(run: (index: number) => Promise<{ finish: () => void }>, id: string, index: number): Promise<string> {
  (await run(index)).finish();
  return id;
}

test('a node that takes its own job over, because it stood still, stops the first run of it', async () => {
  const { kind, run } = held({ concurrency: 2 });
  const runner = node(kind);
  runner.start();
  const id = await enqueue(pool(), kind, { note: 'long' });
  const first = await run(0);
  await makeDue(id);
  runner.wake();
  const second = await run(1);
  expect([first.job.signal.aborted, second.job.signal.aborted]).toEqual([true, false]);
  first.finish();
  await expect(first.job.transaction(async () => {})).rejects.toThrow(JobLost);
  // The end of the first run leaves the second one in the node's care.
  await runner.stop(10);
  expect(second.job.signal.aborted).toBe(true);
  expect(await jobRow(id)).toMatchObject({ lockedUntil: null, doneAt: null });
  second.finish();
});

test('a process that lost its job writes nothing more of it', async () => {
  const { kind, run } = held();
  const late = node(kind);
  // It polls no more, as a process that stands still.
  vi.useFakeTimers({ toFake: ['setInterval'] });
  late.start();
  vi.useRealTimers();
  const id = await enqueue(pool(), kind, { note: 'long' });
  const first = await run(0);
  await first.job.transaction((client) => client.query(`UPDATE "Job" SET "lockedBy" = 'first' WHERE id = $1`, [id]));
  await makeDue(id);
  node(kind).start();
  const second = await run(1);
  const write = first.job.transaction((client) => client.query(`UPDATE "Job" SET "lockedBy" = 'late' WHERE id = $1`, [id]));
  await expect(write).rejects.toThrow(JobLost);
  await first.job.progress(0.9);
  first.finish();
  await late.stop(5_000);
  expect(await jobRow(id)).toMatchObject({ doneAt: null, progress: 0, attempts: 2 });
  second.finish();
  await doneJob(id);
});

test('no process takes a job over during a transaction of its holder, however late', async () => {
  const { kind, runs, run } = held();
  node(kind).start();
  const id = await enqueue(pool(), kind, { note: 'long' });
  const first = await run(0);
  const other = node(kind);
  await first.job.transaction(async () => {
    await makeDue(id);
    other.start();
    await doneJob(await finished(run, await enqueue(pool(), kind, { note: 'another' }), 1));
    expect(runs).toHaveLength(2);
  });
  other.wake();
  (await run(2)).finish();
  await doneJob(id);
  first.finish();
});

test('a running job is extended, and signalled when it is another’s', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const { kind, run } = held();
  node(kind).start();
  const id = await enqueue(pool(), kind, { note: 'long' });
  const { job, finish } = await run(0);
  await pool().query(`UPDATE "Job" SET "lockedUntil" = "lockedUntil" - interval '5 s' WHERE id = $1`, [id]);
  const before = (await jobRow(id)).lockedUntil?.getTime() ?? 0;
  vi.advanceTimersByTime((lockSeconds * 1_000) / 4 + 1);
  await eventually(async () => expect((await jobRow(id)).lockedUntil?.getTime()).toBeGreaterThan(before));
  expect(job.signal.aborted).toBe(false);
  await pool().query('UPDATE "Job" SET token = token + 1 WHERE id = $1', [id]);
  vi.advanceTimersByTime((lockSeconds * 1_000) / 4 + 1);
  await eventually(() => expect(job.signal.aborted).toBe(true));
  finish();
});

test('a stopping node hands back what stops at its next step, and another node runs it at once', async () => {
  const stopped: number[] = [];
  const begun = gate();
  const kind = kindOf(
    async ({ attempt, signal }) => {
      begun.open();
      if (stopped.length > 0) return attempt;
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      stopped.push(attempt);
      signal.throwIfAborted();
    },
    { tries: 1 },
  );
  const first = node(kind);
  first.start();
  const id = await enqueue(pool(), kind, { note: 'long' });
  await begun.opened;
  await first.stop(5_000);
  expect(await jobRow(id)).toMatchObject({ lockedUntil: null, attempts: 0, failedAt: null, doneAt: null });
  node(kind).start();
  await doneJob(id);
  // The try that the stop cut short does not count.
  expect(await jobRow(id)).toMatchObject({ result: 1 });
});

test('a stopping node hands back what does not stop, whose late outcome counts for nothing', async () => {
  const { kind, runs, run } = held();
  const first = node(kind);
  first.start();
  const id = await enqueue(pool(), kind, { note: 'deaf' });
  const deaf = await run(0);
  const after = await enqueue(pool(), kind, { note: 'after' }, { runAt: new Date(Date.now() + 3_600_000) });
  await first.stop(10);
  await makeDue(after);
  expect(await jobRow(id)).toMatchObject({ lockedUntil: null, doneAt: null });
  deaf.finish();
  await expect(deaf.job.transaction(async () => {})).rejects.toThrow(JobLost);
  first.wake();
  expect(runs).toHaveLength(1);
  node(kind).start();
  (await run(1)).finish();
  (await run(2)).finish();
  await doneJob(id);
  await doneJob(after);
});

test('a job that completes while its node stops is done', async () => {
  const { kind, run } = held();
  const runner = node(kind);
  runner.start();
  const id = await enqueue(pool(), kind, { note: 'nearly' });
  const { finish } = await run(0);
  const stopping = runner.stop(5_000);
  finish();
  await stopping;
  expect((await jobRow(id)).doneAt).not.toBeNull();
});

test('a job whose process dies at each try is parked', async () => {
  const seen: number[] = [];
  const kind = kindOf(async ({ attempt }) => seen.push(attempt), { tries: 2 });
  const id = await enqueue(pool(), kind, { note: 'poison' });
  await pool().query(`UPDATE "Job" SET attempts = 2, "lockedUntil" = now() - interval '1 s' WHERE id = $1`, [id]);
  node(kind).start();
  await eventually(async () => expect((await jobRow(id)).failedAt).not.toBeNull());
  expect(seen).toEqual([]);
  expect((await jobRow(id)).lastError).toMatch(/process ended/);
});

test('progress is stored while a job runs, at most once a second', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const { kind, run } = held();
  node(kind).start();
  const id = await enqueue(pool(), kind, { note: 'long' });
  const { job, finish } = await run(0);
  const stored: number[] = [];
  for (const [fraction, laterMs] of [
    [0.25, 0],
    [0.5, 999],
    [0.75, 1],
    [2, 1_000],
  ] as const) {
    vi.advanceTimersByTime(laterMs);
    await job.progress(fraction);
    stored.push((await jobRow(id)).progress);
  }
  expect(stored).toEqual([0.25, 0.25, 0.75, 1]);
  finish();
  await doneJob(id);
});

test('a claimed job is run by who stored it alone, after the commit; another takes it over when that one dies', async () => {
  const { kind, runs, run } = held();
  const other = node(kind);
  other.start();
  const perform = await transaction((client) => enqueueClaimed(client, kind, { note: 'mine' }));
  await doneJob(await finished(run, await enqueue(pool(), kind, { note: 'another' }), 0));
  expect(runs.map(({ job }) => job.payload.note)).toEqual(['another']);
  const performed = perform();
  const mine = await run(1);
  mine.finish();
  await performed;
  expect(await jobRow(mine.job.id)).toMatchObject({ attempts: 1, result: 2, payload: { note: 'mine' } });

  await transaction((client) => enqueueClaimed(client, kind, { note: 'of a dead process' }));
  await pool().query(`UPDATE "Job" SET "lockedUntil" = now() - interval '1 s' WHERE "doneAt" IS NULL`);
  other.wake();
  const taken = await run(2);
  taken.finish();
  await doneJob(taken.job.id);
  expect(taken.job).toMatchObject({ payload: { note: 'of a dead process' }, attempt: 2 });
});

test('a node that cannot reach the database says so once, and claims when it is back', async () => {
  const kind = kindOf(async () => 'done');
  const runner = node(kind);
  await pool().query('ALTER TABLE "Job" RENAME TO "Away"');
  const warn = vi.mocked(log().warn);
  const query = vi.spyOn(pg.Pool.prototype, 'query');
  runner.start();
  await eventually(() => {
    runner.wake();
    expect(query.mock.calls.length).toBeGreaterThan(3);
  });
  await pool().query('ALTER TABLE "Away" RENAME TO "Job"');
  await doneJob(await enqueue(pool(), kind, { note: 'after' }));
  expect(warn).toHaveBeenCalledTimes(1);
});
