import { type ChildProcess, fork } from 'node:child_process';
import { resolve } from 'node:path';
import { FairQueue } from '@/lib/platform/async/fair-queue';
import { unavailable } from '@/lib/platform/errors/error';
import { log } from '@/lib/platform/log/log';

interface Settings {
  /** how many processes there are at most */
  atOnce: number;
  /** processor time that one task may take, in milliseconds */
  maxProcessorMs: number;
  /** the same by the clock, for what stands still and for a machine that has no time */
  maxMs: number;
  /** memory that a process may take, in bytes */
  maxBytes: number;
  /** after so many milliseconds without a task a process is ended */
  idleMs: number;
}

interface Answer<Result> {
  ready?: true;
  result?: Result;
  failure?: string;
}

/** What was asked of it ended the helper, or was ended: too slow, too large, or a crash. */
export class WorkerLost extends Error {}

/** Starting one takes a second on a busy machine. */
const startMs = 60_000;

// Nothing of ours: whatever takes a helper over finds no secret in its variables.
const environment = () => {
  const { PATH, TMPDIR, TEMP, TMP, SystemRoot } = process.env;
  const entries = Object.entries({ PATH, TMPDIR, TEMP, TMP, SystemRoot, VIPS_WARNING: '0' });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as unknown as NodeJS.ProcessEnv;
};

/**
 * Does tasks in processes of their own, which can be killed whatever they are doing, and of which the server takes no harm. They
 * are started when there is something to do. Everybody has a queue of their own, and one task under way.
 */
export class WorkerPool<Task extends object, Result> {
  readonly #program: string;
  readonly #settings: Settings;
  readonly #queue: FairQueue;
  readonly #idle: { child: ChildProcess; timer: NodeJS.Timeout }[] = [];

  /** @param program path from the root of Parley of a module that exports `work` */
  constructor(program: string, settings: Settings) {
    this.#program = program;
    this.#settings = settings;
    this.#queue = new FairQueue(settings.atOnce);
  }

  /** Throws a WorkerLost, what the program throws, or UNAVAILABLE when there is no helper to be had. */
  run(userId: string, task: Task): Promise<Result> {
    return this.#queue.run(userId, async () => {
      const child = this.#take() ?? (await this.#start());
      hold(child);
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
    // Whoever has nothing else to do may end, and it ends with them.
    child.unref();
    child.channel?.unref();
  }

  async #start(): Promise<ChildProcess> {
    // From the folder that Parley runs in: where this file's code ends up, bundled into a route, is nowhere near.
    const [helper, ...rest] = ['lib/platform/workers/worker.mjs', this.#program].map((path) => resolve(process.cwd(), path));
    const { maxBytes, maxProcessorMs } = this.#settings;
    const child = fork(String(helper), [...rest, String(maxBytes), String(maxProcessorMs)], {
      execArgv: ['--max-old-space-size=128'],
      env: environment(),
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    // What becomes of it is heard by whoever waits for it; an error that nobody listens to would end us.
    child.on('error', () => undefined);
    await answerOf(child, startMs, () => undefined).catch((error: Error) => {
      child.kill('SIGKILL');
      log().error({ program: this.#program, reason: error.message }, 'A helper process cannot be started.');
      throw unavailable('This cannot be done right now. Please try again.', 5);
    });
    return child;
  }
}

const isUsable = (child: ChildProcess) =>
  child.connected && child.exitCode === null && child.signalCode === null && !child.killed;

function hold(child: ChildProcess): void {
  child.ref();
  child.channel?.ref();
}

/** The next thing that it says; when it does not come in time, the process is ended. */
function answerOf<Result>(child: ChildProcess, milliseconds: number, ask: () => void): Promise<Result | undefined> {
  return new Promise((resolvePromise, reject) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
    const settle = (settled: () => void) => {
      clearTimeout(timer);
      child.off('message', heard).off('exit', lost).off('error', lost);
      settled();
    };
    const lost = () => settle(() => reject(new WorkerLost('The helper ended before it answered.')));
    const heard = ({ failure, result }: Answer<Result>) =>
      settle(() => (failure === undefined ? resolvePromise(result) : reject(new Error(failure))));
    child
      .on('message', heard as (message: unknown) => void)
      .on('exit', lost)
      .on('error', lost);
    if (child.exitCode !== null || child.signalCode !== null) lost();
    else ask();
  });
}
