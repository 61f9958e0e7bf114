import type pg from 'pg';
import type { z } from 'zod';

/** What a job's function gets. */
export interface RunningJob<Payload> {
  readonly id: string;
  readonly payload: Payload;
  /** 1 for the first try */
  readonly attempt: number;
  /** Aborted when the node stops or lost the job. A long function checks it between steps: `signal.throwIfAborted()`. */
  readonly signal: AbortSignal;
  /** Stores how far it is, from 0 to 1, at most once a second. */
  progress(fraction: number): Promise<void>;
  /**
   * Runs work in one transaction that commits only while the job is still this process's: nobody can claim it meanwhile.
   * @throws JobLost
   */
  transaction<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result>;
}

/** A kind of job, as a noun's `jobs.ts` defines it. */
export interface JobKind<Payload = unknown> {
  /** `<noun>.<verb>`, stored with each job */
  readonly name: string;
  /** Payloads that older versions stored have to match as well. */
  readonly payload: z.ZodType<Payload>;
  /** how many of them a node runs at once */
  readonly concurrency: number;
  /** how often one is tried before it is parked */
  readonly tries: number;
  /**
   * Does the work. It runs at least once, so its effects are idempotent: a second run changes nothing more. What it returns is stored
   * as the job's result.
   */
  run(job: RunningJob<Payload>): Promise<unknown>;
}

export const defineJob = <Payload>(kind: JobKind<Payload>): JobKind<Payload> => kind;
