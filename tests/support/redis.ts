import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from '@/lib/platform/process/port';
import { needProgram } from '@/tests/support/programs';

/** A Redis for one test file. It stores nothing on disk, so it is empty after a restart. */
export class TestRedis {
  #child: ChildProcess;

  private constructor(
    readonly port: number,
    child: ChildProcess,
  ) {
    this.#child = child;
  }

  static async start(): Promise<TestRedis> {
    const port = await freePort();
    return new TestRedis(port, await launch(port));
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Stops it; its data is lost. */
  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }

  /** Starts it again, empty, on the same port. */
  async restart(): Promise<void> {
    this.#child = await launch(this.port);
  }

  /** Makes it hang: it answers nothing, and closes no connection. */
  freeze(): void {
    this.#child.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child.kill('SIGCONT');
  }
}

async function launch(port: number): Promise<ChildProcess> {
  const program = needProgram({ places: ['redis-server'], flag: '--version', debianPackage: 'redis-server' });
  const options = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn(program, options, { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      printed += chunk;
      if (printed.includes('Ready to accept connections')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`redis-server ended with ${code}:\n${printed}`)));
  });
  return child;
}
