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
  /** its metrics, as a scraper with the token gets them */
  metrics: () => Promise<string>;
  /** its output so far */
  output: () => string;
  /** Ends the process with SIGTERM, like a supervisor, and keeps the data. */
  down: () => Promise<void>;
  /** Kills the process with SIGKILL. */
  kill: () => Promise<void>;
  /** Starts it again after `down` or `kill`, with the same data and port. */
  up: () => Promise<void>;
  stop: () => Promise<void>;
}

/** Behind a proxy no client counts as local, so reading the metrics takes this token. */
const metricsToken = 'a token of the tests';

/** The suite signs in more people from one address, and sends faster, than people do. */
const roomy = {
  RATE_LIMIT_REGISTER: '100000/60',
  RATE_LIMIT_SIGNIN: '1000/60',
  RATE_LIMIT_OTHER: '100000/60',
  RATE_LIMIT_MESSAGE: '100000/60',
  RATE_LIMIT_UPLOAD: '1000/60',
  RATE_LIMIT_GROUP: '10000/60',
};

/** Starts the built server like `npm start`, on a free port, and waits until it is ready. */
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

/** The arguments of `npm start`. npm is not used, because it does not forward signals. */
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

/** Waits for the block that the server prints last at a start. Throws if it ends before. */
async function ready(child: ChildProcess, printed: () => string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', () => /^Parley is up/m.test(printed()) && resolve());
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}:\n${printed()}`)));
  });
}
