import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
import { freePort, isFree } from '@/lib/platform/process/port';
import { StartupError } from '@/lib/platform/process/startup-error';

/** The database in the data folder, running. */
export interface Embedded {
  url: string;
  /** such as 18.4.0, or 18.6 of a system's */
  version: string;
  /** of the running postmaster; changes when it had to be started again */
  pid: () => number;
  /** Stops it in order, and at once after that many milliseconds. */
  stop: (milliseconds?: number) => Promise<void>;
}

/**
 * Starts PostgreSQL on the data folder's cluster, which is made at the first start. What a killed Parley left behind is cleared
 * away first. The caller holds the folder's lock. Throws a StartupError.
 * @param programs the folder of a system's PostgreSQL to run instead of the one that comes with Parley
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
    startThrough(() => startPostmaster(runner, binaries.postgres, cluster, port, join(dataDir, 'postgres.log')), cluster);
  const supervised = supervise(await start(), start);
  const url = urlOf(dataDir, port);
  await ensureDatabase(url);
  return { url, version: binaries.version, ...supervised };
}

/** Where the database of a running Parley on this folder is, or null. */
export function runningUrl(dataDir: string): string | null {
  const running = runningPostmaster(clusterFolder(dataDir));
  return running && urlOf(dataDir, running.port);
}

function urlOf(dataDir: string, port: number): string {
  return `postgresql://parley:${password(dataDir)}@127.0.0.1:${port}/parley`;
}

// Backends outlive a killed postmaster for a moment, and PostgreSQL rightly refuses to start beside them.
async function startThrough(start: () => Promise<Postmaster>, cluster: string): Promise<Postmaster> {
  const patience = Date.now() + 15_000;
  for (;;) {
    dropForeignLock(cluster);
    try {
      return await start();
    } catch (error) {
      if (!(error instanceof PostmasterFailure)) throw error;
      const passing = /shared memory block|lock file|starting up|shutting down/.test(error.message);
      if (!passing || Date.now() > patience) throw refusal(error.message, cluster);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Starts it again when it dies under us: the pool's clients reconnect, and nothing acked is lost. */
function supervise(first: Postmaster, start: () => Promise<Postmaster>): Pick<Embedded, 'pid' | 'stop'> {
  let current = first;
  let stopping = false;
  let reviving: Promise<void> = Promise.resolve();
  const lastResort = () => current.child.kill('SIGINT');
  process.once('exit', lastResort);
  const watch = () =>
    current.child.once('exit', () => {
      if (!stopping) reviving = revive();
    });
  const revive = async (): Promise<void> => {
    log().warn('PostgreSQL ended unexpectedly; starting it again');
    try {
      current = await start();
      watch();
    } catch (error) {
      log().error({ reason: (error as Error).message }, 'PostgreSQL does not start');
      await new Promise((resolve) => setTimeout(resolve, 5_000).unref());
      if (!stopping) return revive();
    }
  };
  watch();
  return {
    pid: () => current.pid,
    stop: async (milliseconds = 5_000) => {
      stopping = true;
      await Promise.race([reviving, new Promise((resolve) => setTimeout(resolve, milliseconds))]);
      process.removeListener('exit', lastResort);
      await stopPostmaster(current.pid, milliseconds);
    },
  };
}

// The same port at every start, so that tools find the database again; another one when somebody took it.
async function choosePort(dataDir: string): Promise<number> {
  const file = join(dataDir, 'postgres.port');
  const recorded = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  const port = recorded && (await isFree(recorded)) ? recorded : await freePort();
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

function refusal(reason: string, cluster: string): StartupError {
  return new StartupError(`the embedded database in ${cluster} does not start: ${reason}. Its log is postgres.log beside it.`);
}
