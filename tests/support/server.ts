import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@/lib/platform/process/port';

export interface RunningServer {
  origin: string;
  port: number;
  dataDir: string;
  process: ChildProcess;
  /** what it measures of itself, as a scraper with the token gets it */
  metrics: () => Promise<string>;
  /** what it has printed so far */
  output: () => string;
  /** Ends the process as a supervisor does, and keeps the data. */
  down: () => Promise<void>;
  /** Ends it without a word, as a power cut to this one process. */
  kill: () => Promise<void>;
  /** Starts it again after `down` or `kill`, with the same data on the same port. */
  up: () => Promise<void>;
  stop: () => Promise<void>;
}

/** Behind a proxy nobody is on the server's own machine, so whoever reads its metrics needs it. */
const metricsToken = 'a token of the tests';

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
  const origin = `http://127.0.0.1:${port}`;
  let before = '';
  let printed = '';
  const run = async () => {
    before += printed;
    printed = '';
    const child = launch({ PARLEY_DATA_DIR: dataDir, PORT: `${port}`, ...environment });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => {
        printed += chunk;
      });
    }
    await ready(child, () => printed);
    return child;
  };
  const server: RunningServer = {
    origin,
    port,
    dataDir,
    process: await run(),
    metrics: async () =>
      (await fetch(`${origin}/api/metrics`, { headers: { authorization: `Bearer ${metricsToken}` } })).text(),
    output: () => before + printed,
    down: () => end(server.process, 'SIGTERM'),
    kill: () => end(server.process, 'SIGKILL'),
    up: async () => {
      server.process = await run();
    },
    stop: async () => {
      await end(server.process, 'SIGTERM');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  return server;
}

function launch(environment: Record<string, string>): ChildProcess {
  return spawn(process.execPath, startParameters(), {
    env: { ...process.env, ...roomy, METRICS_TOKEN: metricsToken, NODE_ENV: 'production', LOG_LEVEL: 'warn', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Of `npm start`, which hands its signals on to nobody: here the server is our own child. */
export function startParameters(): string[] {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } };
  return scripts.start.split(' ').slice(2);
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}

/** Until it prints the block that says it is up, which is the last thing a start does; throws when it ends before. */
async function ready(child: ChildProcess, printed: () => string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', () => /^Parley is up/m.test(printed()) && resolve());
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}:\n${printed()}`)));
  });
}
