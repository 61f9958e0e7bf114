import { afterEach, beforeEach, expect, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { jobKinds } from '@/boot/jobs';
import { openPool, pool } from '@/lib/platform/db/pool';
import { defineJob, type JobKind, type RunningJob } from '@/lib/platform/jobs/kind';
import { JobRunner } from '@/lib/platform/jobs/runner';
import { log } from '@/lib/platform/log/log';
import { eventually } from '@/tests/support/eventually';

/** Each test of the file starts with an empty queue and the real clock. Warnings are not printed. */
export function emptyQueue(): void {
  beforeEach(async () => {
    await pool().query('TRUNCATE "Job"');
    vi.spyOn(log(), 'warn').mockReturnValue();
    vi.spyOn(log(), 'error').mockReturnValue();
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });
}

export interface JobRow {
  id: string;
  kind: string;
  key: string | null;
  payload: unknown;
  runAt: Date;
  attempts: number;
  requests: number;
  token: number;
  lockedUntil: Date | null;
  progress: number;
  result: unknown;
  lastError: string | null;
  doneAt: Date | null;
  failedAt: Date | null;
}

export async function jobRow(id: string): Promise<JobRow> {
  const { rows } = await pool().query<JobRow>('SELECT * FROM "Job" WHERE id = $1', [id]);
  if (!rows[0]) throw new Error(`There is no job ${id}.`);
  return rows[0];
}

/** Waits until the job is done. */
export const doneJob = (id: string) => eventually(async () => expect((await jobRow(id)).doneAt).not.toBeNull());

/** Expires the delay until its next attempt, and its lock. */
export async function makeDue(id: string): Promise<void> {
  await pool().query(
    `UPDATE "Job" SET "runAt" = now() - interval '1 s', "lockedUntil" = "lockedUntil" - interval '1 h' WHERE id = $1`,
    [id],
  );
}

/** Runs due jobs, like a node, until none is open. */
export async function runJobs(): Promise<void> {
  const runner = new JobRunner(jobKinds);
  runner.start();
  await eventually(async () => {
    const { rowCount } = await pool().query(
      `SELECT 1 FROM "Job" WHERE "doneAt" IS NULL AND "failedAt" IS NULL AND "runAt" <= now()`,
    );
    expect(rowCount).toBe(0);
  });
  await runner.stop(1_000);
}

/** A node's runner with its own pool; stopped at the end of the test. */
export function node(...kinds: JobKind[]): JobRunner {
  const connections = openPool({ connectionString: process.env.DATABASE_URL, max: 3 });
  const runner = new JobRunner(kinds, connections);
  onTestFinished(async () => {
    await runner.stop(100);
    await connections.end();
  });
  return runner;
}

const noteSchema = z.object({ note: z.string() });
export type Note = z.infer<typeof noteSchema>;

let made = 0;

/** A kind with a unique name. */
export function kindOf(
  run: (job: RunningJob<Note>) => Promise<unknown>,
  options: { concurrency?: number; tries?: number } = {},
): JobKind<Note> {
  made += 1;
  return defineJob({ name: `test.kind${made}`, payload: noteSchema, concurrency: 2, tries: 3, ...options, run });
}

/** A promise and its resolve function. */
export function gate<Value = void>() {
  let open: (value: Value) => void = () => {};
  const opened = new Promise<Value>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

/** A kind whose runs wait until the test releases each of them. */
export function held(options?: { tries?: number; concurrency?: number }) {
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

/** Ends the run. @returns the job */
export async function finished(
  run: (index: number) => Promise<{ finish: () => void }>,
  id: string,
  index: number,
): Promise<string> {
  (await run(index)).finish();
  return id;
}
