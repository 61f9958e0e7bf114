import { expect, test, vi } from 'vitest';
import { pool } from '@/lib/platform/db/pool';
import { transaction } from '@/lib/platform/db/sql';
import { backOffMs } from '@/lib/platform/jobs/back-off';
import { enqueue } from '@/lib/platform/jobs/queue';
import { eventually } from '@/tests/support/eventually';
import { doneJob, emptyQueue, gate, jobRow, kindOf, makeDue, node } from '@/tests/support/jobs';

emptyQueue();

const waiting = (id: string) =>
  eventually(async () => expect(await jobRow(id)).toMatchObject({ lockedUntil: null, doneAt: null }));

test('a job starts right after its commit, with its payload, and its result is stored', async () => {
  const seen: unknown[] = [];
  const kind = kindOf(async ({ payload, attempt }) => {
    seen.push({ ...payload, attempt });
    return { length: payload.note.length };
  });
  const runner = node(kind);
  // So long that polling cannot be what starts the job.
  vi.useFakeTimers({ toFake: ['setInterval'] });
  runner.start();
  vi.useRealTimers();
  const id = await transaction(async (client) => {
    const stored = await enqueue(client, kind, { note: 'hello' });
    expect(seen).toEqual([]);
    return stored;
  });
  await doneJob(id);
  expect(seen).toEqual([{ note: 'hello', attempt: 1 }]);
  expect(await jobRow(id)).toMatchObject({ result: { length: 5 }, progress: 1, lockedUntil: null, lastError: null });
});

test('a job of a transaction that is rolled back never runs', async () => {
  const seen: string[] = [];
  const kind = kindOf(async ({ payload }) => seen.push(payload.note));
  node(kind).start();
  const rolledBack = transaction(async (client) => {
    await enqueue(client, kind, { note: 'never' });
    throw new Error('rolled back');
  });
  await expect(rolledBack).rejects.toThrow('rolled back');
  await doneJob(await enqueue(pool(), kind, { note: 'after' }));
  expect(seen).toEqual(['after']);
  expect((await pool().query('SELECT 1 FROM "Job"')).rowCount).toBe(1);
});

test('of two nodes one runs a job, and together they run all of them once', async () => {
  const seen: string[] = [];
  const kind = kindOf(async ({ payload }) => seen.push(payload.note));
  const notes = Array.from({ length: 60 }, (_, index) => `note ${index}`);
  for (const note of notes) await enqueue(pool(), kind, { note });
  node(kind).start();
  node(kind).start();
  await eventually(async () => expect((await pool().query('SELECT 1 FROM "Job" WHERE "doneAt" IS NULL')).rowCount).toBe(0));
  expect(seen.toSorted()).toEqual(notes.toSorted());
});

test('a node runs at most a kind’s concurrency at once, and other kinds do not wait', async () => {
  const { open, opened } = gate();
  let running = 0;
  let most = 0;
  const slow = kindOf(
    async () => {
      running += 1;
      most = Math.max(most, running);
      await opened;
      running -= 1;
    },
    { concurrency: 2 },
  );
  const quick = kindOf(async () => 'quick');
  const ids = await Promise.all(Array.from({ length: 5 }, (_, index) => enqueue(pool(), slow, { note: `${index}` })));
  const other = await enqueue(pool(), quick, { note: 'other' });
  node(slow, quick).start();
  await doneJob(other);
  await eventually(() => expect(running).toBe(2));
  open();
  for (const id of ids) await doneJob(id);
  expect(most).toBe(2);
});

test('a job does not run before its time', async () => {
  const seen: string[] = [];
  const kind = kindOf(async ({ payload }) => seen.push(payload.note));
  const later = await enqueue(pool(), kind, { note: 'later' }, { runAt: new Date(Date.now() + 3_600_000) });
  const runner = node(kind);
  runner.start();
  await doneJob(await enqueue(pool(), kind, { note: 'now' }));
  expect(seen).toEqual(['now']);
  await makeDue(later);
  runner.wake();
  await doneJob(later);
  expect(seen).toEqual(['now', 'later']);
});

test('a failed job waits longer after each try, and is parked with its error after the last', async () => {
  const tries: number[] = [];
  const kind = kindOf(
    async ({ attempt }) => {
      tries.push(attempt);
      throw new Error(`no disk ${attempt}`);
    },
    { tries: 2 },
  );
  const runner = node(kind);
  runner.start();
  const id = await enqueue(pool(), kind, { note: 'fails' });
  await eventually(async () => expect(await jobRow(id)).toMatchObject({ lastError: 'no disk 1', lockedUntil: null }));
  const wait = (await jobRow(id)).runAt.getTime() - Date.now();
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(2_000);
  await makeDue(id);
  runner.wake();
  await eventually(async () => expect((await jobRow(id)).failedAt).not.toBeNull());
  await makeDue(id);
  runner.wake();
  // A later job has ended, so the runner has polled since.
  const other = await enqueue(pool(), kind, { note: 'fails, too' });
  await eventually(async () => expect((await jobRow(other)).lastError).toBe('no disk 1'));
  expect(tries).toEqual([1, 2, 1]);
  expect(await jobRow(id)).toMatchObject({ attempts: 2, lastError: 'no disk 2', doneAt: null });
});

test('the wait doubles from 2 s up to an hour, and half of it is random', () => {
  expect([1, 2, 3, 4].map((attempt) => backOffMs(attempt, 1))).toEqual([2_000, 4_000, 8_000, 16_000]);
  expect(backOffMs(1, 0)).toBe(1_000);
  expect(backOffMs(30, 1)).toBe(3_600_000);
});

test('a job with a payload that its kind does not know fails and stops no other', async () => {
  const seen: string[] = [];
  const kind = kindOf(async ({ payload }) => seen.push(payload.note), { tries: 1 });
  const id = await enqueue(pool(), kind, { note: 'good' }, { runAt: new Date(Date.now() + 3_600_000) });
  await pool().query(`UPDATE "Job" SET payload = '{"note": 5}', "runAt" = now() WHERE id = $1`, [id]);
  node(kind).start();
  await eventually(async () => expect((await jobRow(id)).failedAt).not.toBeNull());
  await doneJob(await enqueue(pool(), kind, { note: 'other' }));
  expect(seen).toEqual(['other']);
});

test('a node does not claim kinds that it does not know', async () => {
  const [mine, theirs] = [kindOf(async () => 'mine'), kindOf(async () => 'theirs')];
  const unknown = await enqueue(pool(), theirs, { note: 'of another version' });
  node(mine).start();
  await doneJob(await enqueue(pool(), mine, { note: 'known' }));
  await waiting(unknown);
  expect((await jobRow(unknown)).attempts).toBe(0);
});
