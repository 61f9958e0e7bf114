import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, readlinkSync, realpathSync, rmSync, statSync } from 'node:fs';
import { totalmem } from 'node:os';
import { basename, join } from 'node:path';
import { isAlive, waitUntil } from '@/lib/platform/process/alive';

const MiB = 1024 * 1024;

// libpq's variables have no business in there, and neither have Parley's secrets.
const environment: NodeJS.ProcessEnv = { PATH: process.env.PATH, TZ: 'UTC', LC_ALL: 'C', NODE_ENV: 'production' };

/** How to run a program on the cluster: the prefix and ids make it the cluster's owner. */
export interface Runner {
  prefix: string[];
  ids: { uid?: number; gid?: number };
}

export interface Postmaster {
  child: ChildProcess;
  pid: number;
}

/** Runs a program as the cluster's owner, apart from the terminal, so that Ctrl-C reaches Parley alone. */
export function spawnAs(runner: Runner, program: string, flags: string[], output: number | 'pipe'): ChildProcess {
  const [command = program, ...rest] = [...runner.prefix, program, ...flags];
  return spawn(command, rest, {
    ...runner.ids,
    detached: true,
    stdio: ['ignore', output, output],
    env: environment,
  });
}

/** Starts a postmaster and waits until it takes connections. Its log goes to a file, so it outlives Parley's pipes. */
export async function startPostmaster(
  runner: Runner,
  program: string,
  cluster: string,
  port: number,
  logFile: string,
): Promise<Postmaster> {
  const since = sizeOf(logFile);
  const output = openSync(logFile, since > 10 * MiB ? 'w' : 'a', 0o600);
  const child = spawnAs(runner, program, ['-D', cluster, '-p', String(port), ...settings()], output);
  closeSync(output);
  let ended = false;
  child.once('error', () => {
    ended = true;
  });
  child.once('exit', () => {
    ended = true;
  });
  // Recovery after a power cut may take minutes.
  await waitUntil(() => ended || isReady(cluster, child.pid), 10 * 60_000);
  if (ended || child.pid === undefined) throw new PostmasterFailure(complaintIn(logFile, since > 10 * MiB ? 0 : since));
  child.unref();
  return { child, pid: child.pid };
}

/** The postmaster ended instead of taking connections; the message is its own. */
export class PostmasterFailure extends Error {}

/** Ends a postmaster in order (a checkpoint, no recovery at the next start), or at once when that takes too long. */
export async function stopPostmaster(pid: number, milliseconds: number): Promise<void> {
  for (const [signal, patience] of [
    ['SIGINT', milliseconds],
    ['SIGQUIT', 2_000],
    ['SIGKILL', 2_000],
  ] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    if (await waitUntil(() => !isAlive(pid), patience)) return;
  }
}

/** The postmaster that runs on this cluster, whoever started it; never another process that got its number. */
export function runningPostmaster(cluster: string): { pid: number; port: number } | null {
  const lines = lockLines(cluster);
  const pid = Number(lines[0]);
  return pid > 0 && isAlive(pid) && isPostmasterOf(pid, cluster) ? { pid, port: Number(lines[3]) } : null;
}

/**
 * After a crash the lock file may name a process of today that is no postmaster, over which PostgreSQL would refuse to start.
 * One that names nobody is left to PostgreSQL, which then looks for survivors of the crash in shared memory.
 */
export function dropForeignLock(cluster: string): void {
  const pid = Number(lockLines(cluster)[0]);
  if (pid > 0 && isAlive(pid) && !isPostmasterOf(pid, cluster)) rmSync(join(cluster, 'postmaster.pid'), { force: true });
}

function isPostmasterOf(pid: number, cluster: string): boolean {
  const real = realpathSync(cluster);
  if (process.platform === 'linux') {
    try {
      // A postmaster's working directory is its cluster.
      return basename(readlinkSync(`/proc/${pid}/exe`)).startsWith('postgres') && readlinkSync(`/proc/${pid}/cwd`) === real;
    } catch {
      return false;
    }
  }
  const command = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';
  return command.includes('postgres') && (command.includes(cluster) || command.includes(real));
}

// PostgreSQL's own format: pid, folder, start time, port, socket folder, address, shared memory, state.
function isReady(cluster: string, pid: number | undefined): boolean {
  const lines = lockLines(cluster);
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
}

function lockLines(cluster: string): string[] {
  try {
    return readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}

// fsync, synchronous_commit and full_page_writes stay as they are by default, on: what is acked survives a power cut.
function settings(): string[] {
  const memory = totalmem();
  const buffers = Math.max(64, Math.min(512, Math.floor(memory / MiB / 8)));
  const values = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 100,
    shared_buffers: `${buffers}MB`,
    effective_cache_size: `${Math.max(128, Math.floor(memory / MiB / 2))}MB`,
    work_mem: '8MB',
    maintenance_work_mem: '64MB',
    wal_compression: 'on',
    random_page_cost: '1.1',
    jit: 'off',
    // Containers give 64 MB of /dev/shm, which parallel queries would fill.
    max_parallel_workers_per_gather: 0,
    idle_in_transaction_session_timeout: '60s',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] ',
    // A failing statement's text may hold a message.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function complaintIn(logFile: string, since: number): string {
  const lines = readFileSync(logFile).subarray(since).toString('utf8').trim().split('\n');
  const worst = lines.findLast((line) => /\b(FATAL|PANIC)\b/.test(line)) ?? lines.at(-1) ?? '';
  return worst.replace(/^.*?\b(FATAL|PANIC):\s*/, '').trim() || 'it ended without a word';
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}
