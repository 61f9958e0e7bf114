import { once } from 'node:events';
import { clusterFolder } from '@/lib/platform/db/embedded/cluster';
import { runningPostmaster, stopPostmaster } from '@/lib/platform/db/embedded/process';
import { isAlive, waitUntil } from '@/lib/platform/process/alive';
import { killTree } from '@/tests/chaos/support/processes';
import { type RunningServer, startServer } from '@/tests/support/server';

const patienceMs = 60_000;

/** The built server and its embedded PostgreSQL as separate processes, which can be killed and restarted. */
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

  /** its output since the last start */
  get output(): string {
    return this.#running.output();
  }

  /** A metric of /api/metrics. */
  async metric(name: string): Promise<number> {
    const text = await this.#running.metrics();
    const value = new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1];
    if (!value) throw new Error(`There is no metric ${name}.`);
    return Number(value);
  }

  /** Kills the process with SIGKILL. Resolves when it is gone. */
  async kill(): Promise<void> {
    const gone = once(this.#running.process, 'exit');
    this.#running.process.kill('SIGKILL');
    await gone;
  }

  /** Starts it with the same port and data, and waits until it is ready. */
  async restart(): Promise<void> {
    const where = { PARLEY_DATA_DIR: this.dataDir, PORT: `${this.port}` };
    this.#running = await startServer({ ...patient, ...this.#environment, ...where });
  }

  /** Kills PostgreSQL: only the postmaster, whose children then end by themselves, or all processes at once. */
  killDatabase(which: 'postmaster' | 'all'): number {
    const postmaster = runningPostmaster(clusterFolder(this.dataDir));
    if (!postmaster) throw new Error('PostgreSQL does not run.');
    if (which === 'all') killTree(postmaster.pid);
    else process.kill(postmaster.pid, 'SIGKILL');
    return postmaster.pid;
  }

  /** Waits until the server is ready on a new PostgreSQL, other than the process with this id. */
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
    // A killed server leaves its PostgreSQL running.
    const orphan = runningPostmaster(clusterFolder(this.dataDir));
    if (orphan) await stopPostmaster(orphan.pid, patienceMs);
    await this.#running.stop();
  }
}

/** Long runs outlast the default lifetime of access tokens. */
const patient = { ACCESS_TOKEN_SECONDS: '7200' };
