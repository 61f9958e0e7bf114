import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openClient } from '@/lib/platform/db/client';
import { findBinaries } from '@/lib/platform/db/embedded/binaries';
import { clusterFolder, ensureCluster, findRunner, password } from '@/lib/platform/db/embedded/cluster';
import {
  dropForeignLock,
  type Postmaster,
  PostmasterFailure,
  runningPostmaster,
  startPostmaster,
  stopPostmaster,
} from '@/lib/platform/db/embedded/process';
import { log } from '@/lib/platform/log/log';
import { freePort, isPortFree } from '@/lib/platform/process/port';
import { StartupError } from '@/lib/platform/process/startup-error';

/** The running embedded database. */
export interface Embedded {
  url: string;
  /** such as 18.4.0, or 18.6 for a system installation */
  version: string;
  /** pid of the postmaster, which changes when it is restarted */
  pid: () => number;
  /** Shuts PostgreSQL down cleanly, or kills it after the timeout. */
  stop: (timeoutMs?: number) => Promise<void>;
}

/**
 * Starts PostgreSQL on the data folder's cluster, which is created at the first start. A postmaster that a killed Parley left behind
 * is stopped first. The caller must hold the folder's lock.
 * @param programs folder of a system installation of PostgreSQL, used instead of the bundled one
 * @throws StartupError
 */
export async function startEmbedded(dataDir: string, programs = ''): Promise<Embedded> {
  const found = findRunner(dataDir, findBinaries(programs));
  const { runner, binaries } = found;
  const cluster = clusterFolder(dataDir);
  await ensureCluster(dataDir, binaries, runner, found.owner);
  const orphan = runningPostmaster(cluster);
  if (orphan) await stopPostmaster(orphan.pid, 10_000);
  const port = await choosePort(dataDir);
  const start = () =>
    startWithRetries(() => startPostmaster(runner, binaries.postgres, cluster, port, join(dataDir, 'postgres.log')), cluster);
  const supervised = supervise(await start(), start);
  const url = urlOf(dataDir, port);
  await ensureDatabase(url);
  return { url, version: binaries.version, ...supervised };
}

/** The database URL of a Parley that runs on this data folder, or null. */
export function runningUrl(dataDir: string): string | null {
  const running = runningPostmaster(clusterFolder(dataDir));
  return running && urlOf(dataDir, running.port);
}

function urlOf(dataDir: string, port: number): string {
  return `postgresql://parley:${password(dataDir)}@127.0.0.1:${port}/parley`;
}

// Backends outlive a killed postmaster for a moment. PostgreSQL refuses to start until they are gone, so retry.
async function startWithRetries(start: () => Promise<Postmaster>, cluster: string): Promise<Postmaster> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    dropForeignLock(cluster);
    try {
      return await start();
    } catch (error) {
      if (!(error instanceof PostmasterFailure)) throw error;
      const isTransient = /shared memory block|lock file|starting up|shutting down/.test(error.message);
      if (!isTransient || Date.now() > deadline) throw cannotStart(error.message, cluster);
    }
    await wait(100);
  }
}

/** Restarts PostgreSQL when it dies. The pool reconnects, and acked writes are durable. */
function supervise(first: Postmaster, start: () => Promise<Postmaster>): Pick<Embedded, 'pid' | 'stop'> {
  let current = first;
  let stopping = false;
  let restarting: Promise<void> = Promise.resolve();
  const killAtExit = () => current.child.kill('SIGINT');
  process.once('exit', killAtExit);
  const watchExit = () =>
    current.child.once('exit', () => {
      if (!stopping) restarting = restart();
    });
  const restart = async (): Promise<void> => {
    log().warn('PostgreSQL ended unexpectedly. Restarting it.');
    try {
      current = await start();
      watchExit();
    } catch (error) {
      log().error({ reason: (error as Error).message }, 'PostgreSQL does not start.');
      await new Promise((resolve) => setTimeout(resolve, 5_000).unref());
      if (!stopping) return restart();
    }
  };
  watchExit();
  return {
    pid: () => current.pid,
    stop: async (timeoutMs = 5_000) => {
      stopping = true;
      await Promise.race([restarting, new Promise((resolve) => setTimeout(resolve, timeoutMs))]);
      process.removeListener('exit', killAtExit);
      await stopPostmaster(current.pid, timeoutMs);
    },
  };
}

// The port stays the same between starts, so that tools find the database again, unless another program took it.
async function choosePort(dataDir: string): Promise<number> {
  const file = join(dataDir, 'postgres.port');
  const recorded = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  const port = recorded && (await isPortFree(recorded)) ? recorded : await freePort();
  if (port !== recorded) writeFileSync(file, String(port));
  chmodSync(file, 0o600);
  return port;
}

async function ensureDatabase(url: string): Promise<void> {
  const server = new URL(url);
  server.pathname = '/postgres';
  const client = openClient({ connectionString: server.href });
  try {
    await client.connect();
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = 'parley'");
    if (!rowCount) await client.query('CREATE DATABASE parley');
  } catch (error) {
    throw new StartupError(
      `the embedded database does not answer: ${(error as Error).message}. Its log is postgres.log in the data folder.`,
    );
  } finally {
    await client.end().catch(() => {});
  }
}

function cannotStart(reason: string, cluster: string): StartupError {
  return new StartupError(`the embedded database in ${cluster} does not start: ${reason}. Its log is postgres.log beside it.`);
}
