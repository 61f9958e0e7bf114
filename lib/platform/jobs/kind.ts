import type pg from 'pg';
import type { z } from 'zod';

/** The argument of a job's function. */
export interface RunningJob<Payload> {
  readonly id: string;
  readonly payload: Payload;
  /** 1 for the first try */
  readonly attempt: number;
  /** Aborted when the node stops or has lost the job. A long function checks it between steps: `signal.throwIfAborted()`. */
  readonly signal: AbortSignal;
  /** Stores the progress, from 0 to 1, at most once a second. */
  progress(fraction: number): Promise<void>;
  /**
   * Runs work in one transaction that commits only while this process holds the job: nobody can claim it meanwhile.
   * @throws JobLost
   */
  transaction<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result>;
}

/** A kind of job, as a noun's `jobs.ts` defines it. */
export interface JobKind<Payload = unknown> {
  /** `<noun>.<verb>`, stored with each job */
  readonly name: string;
  /** it must also match payloads that older versions stored */
  readonly payload: z.ZodType<Payload>;
  /** maximum number of concurrent jobs of this kind on a node */
  readonly concurrency: number;
  /** number of tries before a job is parked */
  readonly tries: number;
  /**
   * Does the work. It may run more than once, so its effects must be idempotent. Its return value is stored as the job's result.
   */
  run(job: RunningJob<Payload>): Promise<unknown>;
}

export const defineJob = <Payload>(kind: JobKind<Payload>): JobKind<Payload> => kind;
