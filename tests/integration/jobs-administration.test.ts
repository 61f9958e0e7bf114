import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { GET } from '@/app/api/jobs/[id]/route';
import { metricsText } from '@/boot/metrics';
import { openPool, pool } from '@/lib/platform/db/pool';
import { enqueue } from '@/lib/platform/jobs/queue';
import { claimJobs } from '@/lib/platform/jobs/store';
import { jobUpkeep } from '@/lib/platform/jobs/upkeep';
import { log } from '@/lib/platform/log/log';
import { doUpkeep } from '@/lib/platform/upkeep/upkeep';
import { runNode } from '@/scripts/run';
import { eventually } from '@/tests/support/eventually';
import { doneJob, gate, jobRow, kindOf, node } from '@/tests/support/jobs';
import { cast } from '@/tests/support/people';
import { ask } from '@/tests/support/requests';
import { tokenFor } from '@/tests/support/sockets';

beforeEach(async () => {
  await pool().query('TRUNCATE "Job", "User" CASCADE');
  vi.spyOn(log(), 'warn').mockReturnValue();
  vi.spyOn(log(), 'error').mockReturnValue();
});
afterEach(() => vi.restoreAllMocks());

const later = () => new Date(Date.now() + 3_600_000);

describe('GET /api/jobs/:id', () => {
  async function follow() {
    const { ada, mallory } = await cast('ada', 'mallory');
    const [mine, hers] = [await tokenFor(ada), await tokenFor(mallory)];
    const get = (token: string, id: string) => ask(GET, { path: `/api/jobs/${id}`, params: { id }, token });
    return { ada, of: (id: string) => get(mine.token, id), asMallory: (id: string) => get(hers.token, id) };
  }

  test('returns the progress and result of one’s own job', async () => {
    const { ada, of } = await follow();
    const [begun, release] = [gate(), gate()];
    const kind = kindOf(async ({ progress }) => {
      await progress(0.4);
      begun.open();
      await release.opened;
      return { url: '/api/uploads/1' };
    });
    const id = await enqueue(pool(), kind, { note: 'export' }, { ownerId: ada.id });
    expect((await of(id)).body).toEqual({ state: 'waiting', progress: 0, result: null });
    node(kind).start();
    await begun.opened;
    expect((await of(id)).body).toEqual({ state: 'running', progress: 0.4, result: null });
    release.open();
    await doneJob(id);
    expect((await of(id)).body).toEqual({ state: 'done', progress: 1, result: { url: '/api/uploads/1' } });
  });

  test('reports a failed job without the reason', async () => {
    const { ada, of } = await follow();
    const kind = kindOf(() => Promise.reject(new Error('a secret of the server')), { tries: 1 });
    node(kind).start();
    const id = await enqueue(pool(), kind, { note: 'export' }, { ownerId: ada.id });
    await eventually(async () => expect((await jobRow(id)).failedAt).not.toBeNull());
    expect((await of(id)).body).toEqual({ state: 'failed', progress: 0, result: null });
  });

  test('is NOT_FOUND for an outsider, and for everybody when the job has no owner', async () => {
    const { ada, of, asMallory } = await follow();
    const kind = kindOf(async () => null);
    const own = await enqueue(pool(), kind, { note: '' }, { ownerId: ada.id, runAt: later() });
    const nobodys = await enqueue(pool(), kind, { note: '' }, { runAt: later() });
    expect((await of(own)).status).toBe(200);
    const answers = await Promise.all([asMallory(own), of(nobodys), of('no-id'), asMallory(ada.id)]);
    expect(answers.map(({ status, body }) => [status, body.error.code])).toEqual(Array(4).fill([404, 'NOT_FOUND']));
  });
});

/** Creates one job in each state, of one kind. */
async function oneOfEach() {
  const { open, opened } = gate();
  const kind = kindOf(
    async ({ payload }) => {
      if (payload.note === 'fails') throw new Error('no disk');
      if (payload.note === 'runs') await opened;
    },
    { tries: 1 },
  );
  node(kind).start();
  const ids = {
    done: await enqueue(pool(), kind, { note: 'done' }),
    parked: await enqueue(pool(), kind, { note: 'fails' }, { key: 'k' }),
    running: await enqueue(pool(), kind, { note: 'runs' }),
    waiting: await enqueue(pool(), kind, { note: 'waits' }, { runAt: later() }),
  };
  await doneJob(ids.done);
  await eventually(async () => expect((await jobRow(ids.parked)).failedAt).not.toBeNull());
  await eventually(async () => expect((await jobRow(ids.running)).lockedUntil).not.toBeNull());
  return { kind, ids, finish: open };
}

test('metrics count waiting, running and parked jobs, and the age of the oldest due one', async () => {
  const { kind, ids, finish } = await oneOfEach();
  const values = async () => {
    const { body } = await metricsText();
    const value = (series: string) =>
      Number(
        body
          .split('\n')
          .find((line) => line.startsWith(`${series} `))
          ?.split(' ')[1],
      );
    const states = ['waiting', 'running', 'failed'].map((state) => value(`parley_jobs{kind="${kind.name}",state="${state}"}`));
    return { states, oldest: value(`parley_job_oldest_seconds{kind="${kind.name}"}`) };
  };
  expect(await values()).toEqual({ states: [1, 1, 1], oldest: 0 });
  // A kind that only nodes of another version know.
  await pool().query(`UPDATE "Job" SET kind = 'test.other', "runAt" = now() - interval '60 s' WHERE id = $1`, [ids.waiting]);
  const { body } = await metricsText();
  expect(Number(/^parley_job_oldest_seconds\{kind="test.other"\} (\S+)$/m.exec(body)?.[1])).toBeGreaterThanOrEqual(60);
  finish();
});

test('metrics are there while PostgreSQL cannot count jobs', async () => {
  await pool().query('ALTER TABLE "Job" RENAME TO "Away"');
  const { body } = await metricsText();
  await pool().query('ALTER TABLE "Away" RENAME TO "Job"');
  expect(body).toMatch(/^parley_database_statement_seconds_count [1-9]/m);
});

test('upkeep removes jobs completed 7 days ago and parked 90 days ago, and no open job', async () => {
  const { ids, finish } = await oneOfEach();
  const left = async () => (await pool().query<{ id: string }>('SELECT id FROM "Job"')).rows.map(({ id }) => id).toSorted();
  const age = (id: string, days: number) =>
    pool().query(
      `UPDATE "Job" SET "doneAt" = "doneAt" - make_interval(days => $2), "failedAt" = "failedAt" - make_interval(days => $2),
         "createdAt" = "createdAt" - make_interval(days => $2) WHERE id = $1`,
      [id, days],
    );
  for (const id of Object.values(ids)) await age(id, 6);
  await doUpkeep(jobUpkeep);
  expect(await left()).toEqual(Object.values(ids).toSorted());
  await age(ids.done, 2);
  for (const id of [ids.parked, ids.waiting, ids.running]) await age(id, 83);
  await doUpkeep(jobUpkeep);
  expect(await left()).toEqual([ids.parked, ids.waiting, ids.running].toSorted());
  await age(ids.parked, 2);
  await doUpkeep(jobUpkeep);
  expect(await left()).toEqual([ids.waiting, ids.running].toSorted());
  finish();
});

test('a poll reads no job of a later time, however many there are', async () => {
  const kind = kindOf(async () => null);
  const one = openPool({ connectionString: process.env.DATABASE_URL, max: 1 });
  onTestFinished(() => one.end());
  await one.query(
    `INSERT INTO "Job" (id, kind, payload, "runAt") SELECT gen_random_uuid(), $1, '{}', now() + interval '1 day' FROM generate_series(1, 5000)`,
    [kind.name],
  );
  await one.query('ANALYZE "Job"');
  const read = async () => {
    await one.query('SELECT pg_stat_force_next_flush()');
    const text = `SELECT sum(idx_tup_read)::int AS read FROM pg_stat_user_indexes WHERE relname = 'Job'`;
    return (await one.query<{ read: number }>(text)).rows[0]?.read ?? 0;
  };
  const before = await read();
  expect(await claimJobs(new Map([[kind.name, 4]]), one)).toEqual([]);
  expect((await read()) - before).toBeLessThan(10);
});

describe('npm run jobs', { timeout: 60_000 }, () => {
  const script = (...parameters: string[]) => runNode(['--import', 'tsx', 'scripts/jobs.ts', ...parameters], {});

  test('lists parked, running and waiting jobs, and runs none', async () => {
    expect(await script()).toEqual({ code: 0, output: 'No job waits, runs or is parked.\n' });
    const { kind, ids, finish } = await oneOfEach();
    const { code, output } = await script();
    const lines = output.trim().split('\n');
    expect(code).toBe(0);
    expect(lines[0]).toBe(`${ids.parked}  parked  ${kind.name}  k  try 1  "no disk"`);
    expect(lines[1]).toMatch(new RegExp(`^${ids.running}  running  on \\S+:${process.pid}  ${kind.name}  try 1$`));
    expect(lines[2]).toMatch(new RegExp(`^${ids.waiting}  waiting  for \\S+Z  ${kind.name}$`));
    expect(lines).toHaveLength(3);
    finish();
  });

  test('runs a parked job again, unless an open one has its key', async () => {
    const { kind, ids, finish } = await oneOfEach();
    finish();
    const open = await enqueue(pool(), kind, { note: 'done' }, { key: 'k', runAt: later() });
    const refused = await script('retry', ids.parked);
    expect(refused).toEqual({ code: 1, output: expect.stringMatching(/^Nothing was done: .* is not parked, or [^\n]+\n$/) });
    expect((await jobRow(ids.parked)).failedAt).not.toBeNull();
    await pool().query('DELETE FROM "Job" WHERE id = $1', [open]);
    await pool().query(`UPDATE "Job" SET payload = '{"note": "done"}' WHERE id = $1`, [ids.parked]);
    expect((await script('retry', ids.parked)).code).toBe(0);
    await doneJob(ids.parked);
    expect(await script('retry', ids.parked)).toMatchObject({ code: 1 });
    expect(await script('retry', 'nonsense')).toMatchObject({ code: 1, output: expect.stringContaining('use "npm run jobs"') });
  });
});
