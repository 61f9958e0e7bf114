import { once } from 'node:events';
import { clusterFolder } from '@/lib/platform/db/embedded/cluster';
import { runningPostmaster, stopPostmaster } from '@/lib/platform/db/embedded/process';
import { isAlive, waitUntil } from '@/lib/platform/process/alive';
import { killTree } from '@/tests/chaos/support/processes';
import { type RunningServer, startServer } from '@/tests/support/server';

const patienceMs = 60_000;

/** The built server and its embedded PostgreSQL as processes of their own, to be killed and started again where they were. */
export class ChaosServer {
  #running: RunningServer;
  readonly #environment: Record<string, string>;

  private constructor(running: RunningServer, environment: Record<string, string>) {
    this.#running = running;
    this.#environment = environment;
  }

  static async start(environment: Record<string, string> = {}): Promise<ChaosServer> {
    return new ChaosServer(await startServer({ ...patient, ...environment }), environment);
  }

  get origin(): string {
    return this.#running.origin;
  }

  get port(): number {
    return this.#running.port;
  }

  get dataDir(): string {
    return this.#running.dataDir;
  }

  get pid(): number {
    return this.#running.process.pid ?? 0;
  }

  /** what it has printed since it was started last */
  get output(): string {
    return this.#running.output();
  }

  /** What it measures of itself, as a scraper gets it. */
  async metric(name: string): Promise<number> {
    const text = await this.#running.metrics();
    const value = new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1];
    if (!value) throw new Error(`There is no metric ${name}.`);
    return Number(value);
  }

  /** As by a power cut to this one process: no handler of it runs. Resolves when it is gone. */
  async kill(): Promise<void> {
    const gone = once(this.#running.process, 'exit');
    this.#running.process.kill('SIGKILL');
    await gone;
  }

  /** Starts it on the same port and data, and waits until it is ready. */
  async restart(): Promise<void> {
    const where = { PARLEY_DATA_DIR: this.dataDir, PORT: `${this.port}` };
    this.#running = await startServer({ ...patient, ...this.#environment, ...where });
  }

  /** Kills PostgreSQL: only its first process, whose children then end by themselves, or all of them at once. */
  killDatabase(which: 'postmaster' | 'all'): number {
    const postmaster = runningPostmaster(clusterFolder(this.dataDir));
    if (!postmaster) throw new Error('PostgreSQL does not run.');
    if (which === 'all') killTree(postmaster.pid);
    else process.kill(postmaster.pid, 'SIGKILL');
    return postmaster.pid;
  }

  /** Waits until the server, by itself, is ready on another PostgreSQL than the one with this process id. */
  async recoveredFrom(pid: number): Promise<void> {
    const back = await waitUntil(async () => {
      const now = runningPostmaster(clusterFolder(this.dataDir));
      return now !== null && now.pid !== pid && (await fetch(`${this.origin}/api/health/ready`)).ok;
    }, patienceMs);
    if (!back) throw new Error(`The server did not recover:\n${this.output}`);
  }

  async stop(): Promise<void> {
    if (isAlive(this.pid)) {
      const gone = once(this.#running.process, 'exit');
      this.#running.process.kill('SIGTERM');
      await gone;
    }
    // A server that was killed leaves its PostgreSQL behind.
    const orphan = runningPostmaster(clusterFolder(this.dataDir));
    if (orphan) await stopPostmaster(orphan.pid, patienceMs);
    await this.#running.stop();
  }
}

/** A long run outlasts a usual access token. */
const patient = { ACCESS_TOKEN_SECONDS: '7200' };
