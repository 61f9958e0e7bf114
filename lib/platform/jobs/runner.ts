import type pg from 'pg';
import { pool } from '@/lib/platform/db/pool';
import { execute, NodeStops } from '@/lib/platform/jobs/execution';
import type { JobKind } from '@/lib/platform/jobs/kind';
import { type ClaimedJob, claimJobs, extendJob, handBackJob, lockSeconds } from '@/lib/platform/jobs/store';
import { onWake } from '@/lib/platform/jobs/wake';
import { log } from '@/lib/platform/log/log';
import { outOfContext } from '@/lib/platform/process/context';

const pollMs = 1_000;

interface Running {
  job: ClaimedJob;
  control: AbortController;
  ended: Promise<void>;
}

/** Runs the jobs of these kinds on this node. Jobs of unknown kinds are left to nodes of other versions. */
export class JobRunner {
  readonly #kinds: Map<string, JobKind>;
  readonly #on: pg.Pool;
  readonly #running = new Map<string, Running>();
  /** kinds of which more jobs may be due than could be claimed */
  readonly #full = new Set<string>();
  #timers: NodeJS.Timeout[] = [];
  #stopListening = () => {};
  #isStopped = true;
  #isFailing = false;
  #claiming: Promise<void> | null = null;
  #isWoken = false;

  constructor(kinds: JobKind[], on: pg.Pool = pool()) {
    this.#kinds = new Map(kinds.map((kind) => [kind.name, kind]));
    this.#on = on;
  }

  /** Looks for work now, once a second, and whenever this process has stored a job. */
  start(): void {
    this.#isStopped = false;
    this.#timers = [
      setInterval(() => this.wake(), pollMs).unref(),
      setInterval(() => this.#extend(), (lockSeconds * 1_000) / 4).unref(),
    ];
    this.#stopListening = onWake(() => this.wake());
    this.wake();
  }

  /** Claims due jobs. Calls during a claim are merged into one more claim. */
  wake(): void {
    this.#isWoken = true;
    if (this.#isStopped) return;
    this.#claiming ??= outOfContext(() => this.#claim()).finally(() => {
      this.#claiming = null;
      if (this.#isWoken) this.wake();
    });
  }

  /**
   * Claims no more jobs, signals the running ones to stop at their next step, and returns incomplete ones to the queue.
   * @param graceMs time for that step
   */
  async stop(graceMs: number): Promise<void> {
    this.#isStopped = true;
    this.#stopListening();
    for (const timer of this.#timers) clearInterval(timer);
    const patience = new Promise((resolve) => setTimeout(resolve, graceMs).unref());
    await Promise.race([this.#claiming, patience]);
    for (const { control } of this.#running.values()) control.abort(new NodeStops('The node stops.'));
    await Promise.race([Promise.all([...this.#running.values()].map(({ ended }) => ended)), patience]);
    await Promise.all([...this.#running.values()].map(({ job }) => handBackJob(job, this.#on).catch(notHandedBack)));
  }

  async #claim(): Promise<void> {
    while (this.#isWoken && !this.#isStopped) {
      this.#isWoken = false;
      const slots = this.#slots();
      if (slots.size === 0) return;
      try {
        this.#begin(await claimJobs(slots, this.#on), slots);
        this.#isFailing = false;
      } catch (error) {
        // Logged once, and not every second while PostgreSQL is unreachable.
        if (!this.#isFailing) log().warn({ reason: (error as Error).message }, 'Jobs cannot be claimed right now.');
        this.#isFailing = true;
      }
    }
  }

  #slots(): Map<string, number> {
    const free = new Map([...this.#kinds.values()].map(({ name, concurrency }) => [name, concurrency]));
    for (const { job } of this.#running.values()) free.set(job.kind, (free.get(job.kind) ?? 0) - 1);
    for (const [name, slots] of free) if (slots <= 0) free.delete(name);
    return free;
  }

  #begin(jobs: ClaimedJob[], slots: Map<string, number>): void {
    for (const [name, free] of slots) {
      if (jobs.filter(({ kind }) => kind === name).length === free) this.#full.add(name);
      else this.#full.delete(name);
    }
    for (const job of jobs) this.#run(job);
  }

  #run(job: ClaimedJob): void {
    const kind = this.#kinds.get(job.kind);
    if (!kind) return;
    // Its lock expired although it still runs here, because this process or PostgreSQL hung.
    this.#running.get(job.id)?.control.abort();
    const control = new AbortController();
    const running = { job, control, ended: execute(kind, job, control.signal, this.#on) };
    this.#running.set(job.id, running);
    void running.ended.then(() => this.#end(running));
  }

  #end(running: Running): void {
    const { id, kind } = running.job;
    if (this.#running.get(id) === running) this.#running.delete(id);
    if (this.#full.has(kind)) this.wake();
  }

  /** Extends the locks of running jobs. A job that another process has taken over is signalled to stop. */
  #extend(): void {
    for (const { job, control } of this.#running.values())
      extendJob(job, this.#on).then(
        (isHeld) => isHeld || control.abort(),
        (error: Error) => log().warn({ job: job.id, reason: error.message }, 'A job could not be extended.'),
      );
  }
}

const notHandedBack = (error: Error) =>
  log().warn({ reason: error.message }, 'A job could not be handed back and will expire.');
