import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface RunningServer {
  origin: string;
  port: number;
  dataDir: string;
  process: ChildProcess;
  /** what it has printed so far */
  output: () => string;
  stop: () => Promise<void>;
}

/** The suite signs in more people from one address, and sends faster, than a person would. */
const roomy = {
  RATE_LIMIT_REGISTER: '100000/60',
  RATE_LIMIT_SIGNIN: '1000/60',
  RATE_LIMIT_OTHER: '100000/60',
  RATE_LIMIT_MESSAGE: '100000/60',
  RATE_LIMIT_UPLOAD: '1000/60',
  RATE_LIMIT_GROUP: '10000/60',
};

/** Starts the built server as `npm start` does, on a free port, and waits until it says that it is ready. */
export async function startServer(environment: Record<string, string> = {}): Promise<RunningServer> {
  const dataDir = environment.PARLEY_DATA_DIR ?? (await mkdtemp(join(tmpdir(), 'parley-test-')));
  const port = Number(environment.PORT ?? (await freePort()));
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/start.ts'], {
    env: {
      ...process.env,
      ...roomy,
      NODE_ENV: 'production',
      LOG_LEVEL: 'warn',
      PARLEY_DATA_DIR: dataDir,
      PORT: `${port}`,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  child.stdout?.on('data', (chunk) => {
    printed += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    printed += chunk;
  });
  const origin = `http://127.0.0.1:${port}`;
  await ready(origin, child, () => printed);
  return { origin, port, dataDir, process: child, output: () => printed, stop: () => stop(child, dataDir) };
}

async function stop(child: ChildProcess, dataDir: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  }
  await rm(dataDir, { recursive: true, force: true });
}

/** Polls the ready check, which is the only thing a process apart can be asked; ends when it answers or the process ends. */
async function ready(origin: string, child: ChildProcess, printed: () => string): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}:\n${printed()}`);
    const answer = await fetch(`${origin}/api/health/ready`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No free port.');
  return address.port;
}
