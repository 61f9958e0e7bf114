import { expect, test } from 'vitest';
import { pool } from '@/lib/platform/db/pool';
import { transaction } from '@/lib/platform/db/sql';
import { JobLost } from '@/lib/platform/jobs/execution';
import { enqueue, enqueueClaimed } from '@/lib/platform/jobs/queue';
import { eventually } from '@/tests/support/eventually';
import { doneJob, emptyQueue, finished, gate, held, jobRow, kindOf, makeDue, node } from '@/tests/support/jobs';

emptyQueue();

test('a stopping node returns a job that stops at its next step, and another node runs it at once', async () => {
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
  // The attempt that the stop interrupted does not count.
  expect(await jobRow(id)).toMatchObject({ result: 1 });
});

test('a stopping node returns a job that does not stop, and its late outcome is ignored', async () => {
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

test('a claimed job is run only by the process that stored it, after the commit; another takes it over when that one dies', async () => {
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
