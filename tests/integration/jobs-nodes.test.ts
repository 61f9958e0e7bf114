import pg from 'pg';
import { expect, test, vi } from 'vitest';
import { pool } from '@/lib/platform/db/pool';
import { JobLost } from '@/lib/platform/jobs/execution';
import { enqueue } from '@/lib/platform/jobs/queue';
import { lockSeconds } from '@/lib/platform/jobs/store';
import { log } from '@/lib/platform/log/log';
import { eventually } from '@/tests/support/eventually';
import { doneJob, emptyQueue, finished, held, jobRow, kindOf, makeDue, node } from '@/tests/support/jobs';

emptyQueue();

test('a job of a dead node is taken over when its lock expires, and not before', async () => {
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
  // The end of the first run must not make the node forget the second one.
  await runner.stop(10);
  expect(second.job.signal.aborted).toBe(true);
  expect(await jobRow(id)).toMatchObject({ lockedUntil: null, doneAt: null });
  second.finish();
});

test('a process that lost its job writes nothing more of it', async () => {
  const { kind, run } = held();
  const late = node(kind);
  // Stops polling, like a process that hangs.
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

test('no process takes a job over during a transaction of its holder, even after the lock expires', async () => {
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
