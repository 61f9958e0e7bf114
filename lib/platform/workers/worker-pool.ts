import { type ChildProcess, fork } from 'node:child_process';
import { resolve } from 'node:path';
import { FairQueue } from '@/lib/platform/async/fair-queue';
import { unavailable } from '@/lib/platform/errors/error';
import { log } from '@/lib/platform/log/log';
import { isAlive } from '@/lib/platform/process/alive';

interface Settings {
  /** maximum number of processes */
  concurrency: number;
  /** CPU time per task */
  maxCpuMs: number;
  /** elapsed time per task, for tasks that hang and machines under load */
  maxMs: number;
  /** memory per process */
  maxBytes: number;
  /** a process without a task is ended after this time */
  idleMs: number;
}

interface Answer<Result> {
  ready?: true;
  result?: Result;
  failure?: string;
}

/** The worker process ended during the task: killed as too slow or too large, or crashed. */
export class WorkerLost extends Error {}

/** Starting a process takes a second on a busy machine. */
const startMs = 60_000;

// Without Parley's variables, so that code which takes over a worker finds no secrets.
const environment = () => {
  const { PATH, TMPDIR, TEMP, TMP, SystemRoot } = process.env;
  const entries = Object.entries({ PATH, TMPDIR, TEMP, TMP, SystemRoot, VIPS_WARNING: '0' });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as unknown as NodeJS.ProcessEnv;
};

/**
 * Runs tasks in separate processes, which can be killed at any time without harm to the server. Processes start on demand. Each user
 * has a queue and at most one task in flight.
 */
export class WorkerPool<Task extends object, Result> {
  readonly #program: string;
  readonly #settings: Settings;
  readonly #queue: FairQueue;
  readonly #idle: { child: ChildProcess; timer: NodeJS.Timeout }[] = [];

  /** @param program path of a module that exports `work`, relative to Parley's root folder */
  constructor(program: string, settings: Settings) {
    this.#program = program;
    this.#settings = settings;
    this.#queue = new FairQueue(settings.concurrency);
  }

  /** @throws WorkerLost, what the program throws, or UNAVAILABLE when no process can be started or the user's queue is full */
  run(userId: string, task: Task): Promise<Result> {
    return this.#queue.run(userId, async () => {
      const child = this.#take() ?? (await this.#start());
      keepAlive(child);
      const result = await answerOf<Result>(child, this.#settings.maxMs, () => child.send(task, () => undefined)).finally(() =>
        this.#putBack(child),
      );
      return result as Result;
    });
  }

  #take(): ChildProcess | null {
    for (let next = this.#idle.pop(); next; next = this.#idle.pop()) {
      clearTimeout(next.timer);
      if (isUsable(next.child)) return next.child;
    }
    return null;
  }

  #putBack(child: ChildProcess): void {
    if (!isUsable(child)) return;
    const timer = setTimeout(() => {
      this.#idle.splice(0, this.#idle.length, ...this.#idle.filter((other) => other.child !== child));
      child.kill('SIGKILL');
    }, this.#settings.idleMs);
    timer.unref();
    this.#idle.push({ child, timer });
    // An idle worker must not keep the server's process alive.
    child.unref();
    child.channel?.unref();
  }

  async #start(): Promise<ChildProcess> {
    // Relative to the working directory, because this file may be bundled into a route of Next.
    const [worker, ...rest] = ['lib/platform/workers/worker.mjs', this.#program].map((path) => resolve(process.cwd(), path));
    const { maxBytes, maxCpuMs } = this.#settings;
    const child = fork(String(worker), [...rest, String(maxBytes), String(maxCpuMs)], {
      execArgv: ['--max-old-space-size=128'],
      env: environment(),
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    // answerOf() reports the error to the caller. Without a listener, the event would end the server.
    child.on('error', () => undefined);
    await answerOf(child, startMs, () => undefined).catch((error: Error) => {
      child.kill('SIGKILL');
      log().error({ program: this.#program, reason: error.message }, 'A worker process cannot be started.');
      throw unavailable('This cannot be done right now. Please try again.', 5);
    });
    return child;
  }
}

/** Node learns of a death only from its event loop, so the system is asked too. */
const isUsable = (child: ChildProcess) =>
  child.connected && child.exitCode === null && child.signalCode === null && !child.killed && isAlive(child.pid ?? 0);

function keepAlive(child: ChildProcess): void {
  child.ref();
  child.channel?.ref();
}

/** Waits for the next message of a worker, and kills the worker after the timeout. */
function answerOf<Result>(child: ChildProcess, timeoutMs: number, send: () => void): Promise<Result | undefined> {
  return new Promise((resolvePromise, reject) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    const settle = (settled: () => void) => {
      clearTimeout(timer);
      child.off('message', onMessage).off('exit', onEnd).off('error', onEnd);
      settled();
    };
    const onEnd = () => settle(() => reject(new WorkerLost('The worker ended before it answered.')));
    const onMessage = ({ failure, result }: Answer<Result>) =>
      settle(() => (failure === undefined ? resolvePromise(result) : reject(new Error(failure))));
    child
      .on('message', onMessage as (message: unknown) => void)
      .on('exit', onEnd)
      .on('error', onEnd);
    if (child.exitCode !== null || child.signalCode !== null) onEnd();
    else send();
  });
}
