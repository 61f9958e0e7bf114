import { expect, test } from 'vitest';
import { pool } from '@/lib/platform/db/pool';
import { transaction } from '@/lib/platform/db/sql';
import { enqueue } from '@/lib/platform/jobs/queue';
import { eventually } from '@/tests/support/eventually';
import { doneJob, emptyQueue, gate, jobRow, kindOf, makeDue, node } from '@/tests/support/jobs';

emptyQueue();

const inAnHour = () => new Date(Date.now() + 3_600_000);

test('a job that waits absorbs another with its key: the payload is the new one, the time the earlier one', async () => {
  const kind = kindOf(async () => 'never');
  const [sooner, later] = [inAnHour(), new Date(Date.now() + 7_200_000)];
  const first = await enqueue(pool(), kind, { note: 'first' }, { key: 'k', runAt: later });
  expect(await enqueue(pool(), kind, { note: 'second' }, { key: 'k', runAt: sooner })).toBe(first);
  expect(await enqueue(pool(), kind, { note: 'third' }, { key: 'k', runAt: later })).toBe(first);
  expect(await jobRow(first)).toMatchObject({ payload: { note: 'third' }, runAt: sooner, requests: 3 });
});

test('other keys, other kinds and no key are jobs of their own', async () => {
  const [one, other] = [kindOf(async () => 1), kindOf(async () => 2)];
  const ids = [
    await enqueue(pool(), one, { note: '' }, { key: 'a' }),
    await enqueue(pool(), one, { note: '' }, { key: 'b' }),
    await enqueue(pool(), other, { note: '' }, { key: 'a' }),
    await enqueue(pool(), one, { note: '' }),
    await enqueue(pool(), one, { note: '' }),
  ];
  expect(new Set(ids).size).toBe(5);
});

test('a job that is requested while it runs runs again, and never twice at once', async () => {
  const begun = gate();
  const release = gate();
  const seen: string[] = [];
  let running = 0;
  const kind = kindOf(async ({ payload }) => {
    running += 1;
    expect(running).toBe(1);
    seen.push(payload.note);
    begun.open();
    await release.opened;
    running -= 1;
  });
  node(kind).start();
  node(kind).start();
  const id = await enqueue(pool(), kind, { note: 'first' }, { key: 'k' });
  await begun.opened;
  expect(await enqueue(pool(), kind, { note: 'second' }, { key: 'k' })).toBe(id);
  expect(await enqueue(pool(), kind, { note: 'third' }, { key: 'k' })).toBe(id);
  release.open();
  await doneJob(id);
  expect(seen).toEqual(['first', 'third']);
  expect(await jobRow(id)).toMatchObject({ attempts: 1, progress: 1 });
});

test('the key is free again when the job is done, and when it is parked', async () => {
  const kind = kindOf(
    async ({ payload }) => {
      if (payload.note === 'fails') throw new Error('no disk');
    },
    { tries: 1 },
  );
  node(kind).start();
  const done = await enqueue(pool(), kind, { note: 'works' }, { key: 'k' });
  await doneJob(done);
  const parked = await enqueue(pool(), kind, { note: 'fails' }, { key: 'k' });
  await eventually(async () => expect((await jobRow(parked)).failedAt).not.toBeNull());
  const next = await enqueue(pool(), kind, { note: 'works' }, { key: 'k' });
  await doneJob(next);
  expect(new Set([done, parked, next]).size).toBe(3);
});

test('a request does not shorten a failed job’s wait, and the next try has its payload', async () => {
  const seen: string[] = [];
  const kind = kindOf(async ({ payload }) => {
    seen.push(payload.note);
    if (seen.length === 1) throw new Error('no disk');
  });
  const runner = node(kind);
  runner.start();
  const id = await enqueue(pool(), kind, { note: 'first' }, { key: 'k' });
  await eventually(async () => expect(await jobRow(id)).toMatchObject({ lastError: 'no disk', lockedUntil: null }));
  const { runAt } = await jobRow(id);
  await enqueue(pool(), kind, { note: 'second' }, { key: 'k' });
  expect((await jobRow(id)).runAt).toEqual(runAt);
  await makeDue(id);
  runner.wake();
  await doneJob(id);
  expect(seen).toEqual(['first', 'second']);
});

test('a job that is requested during its last try is retried instead of parked', async () => {
  const begun = gate();
  const release = gate();
  const kind = kindOf(
    async ({ payload }) => {
      if (payload.note === 'works') return;
      begun.open();
      await release.opened;
      throw new Error('no disk');
    },
    { tries: 1 },
  );
  const runner = node(kind);
  runner.start();
  const id = await enqueue(pool(), kind, { note: 'fails' }, { key: 'k' });
  await begun.opened;
  await enqueue(pool(), kind, { note: 'works' }, { key: 'k' });
  release.open();
  await eventually(async () => expect(await jobRow(id)).toMatchObject({ lastError: 'no disk', failedAt: null, attempts: 0 }));
  await makeDue(id);
  runner.wake();
  await doneJob(id);
});

test('a job whose request is not committed yet is not claimed: it would miss the change that requests it', async () => {
  const seen: string[] = [];
  const kind = kindOf(async ({ payload }) => seen.push(payload.note));
  const id = await enqueue(pool(), kind, { note: 'before' }, { key: 'k' });
  const runner = node(kind);
  await transaction(async (client) => {
    await enqueue(client, kind, { note: 'with the change' }, { key: 'k' });
    runner.start();
    await doneJob(await enqueue(pool(), kind, { note: 'another' }));
    expect(seen).toEqual(['another']);
  });
  await doneJob(id);
  expect(seen).toEqual(['another', 'with the change']);
});

test('a request that commits while its job completes makes it run again', async () => {
  const begun = gate();
  const release = gate();
  const seen: string[] = [];
  const kind = kindOf(async ({ payload }) => {
    seen.push(payload.note);
    begun.open();
    await release.opened;
  });
  node(kind).start();
  const id = await enqueue(pool(), kind, { note: 'first' }, { key: 'k' });
  await begun.opened;
  await transaction(async (client) => {
    await enqueue(client, kind, { note: 'second' }, { key: 'k' });
    release.open();
    // The run completes, but has to wait for this transaction.
    await eventually(async () => {
      const { rowCount } = await pool().query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query ~ '"doneAt" = CASE'`,
      );
      expect(rowCount).toBe(1);
    });
  });
  await doneJob(id);
  expect(seen).toEqual(['first', 'second']);
});
