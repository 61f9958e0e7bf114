import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, readlinkSync, realpathSync, rmSync, statSync } from 'node:fs';
import { totalmem } from 'node:os';
import { basename, join } from 'node:path';
import { isAlive, waitUntil } from '@/lib/platform/process/alive';

const MiB = 1024 * 1024;

// A minimal environment: PostgreSQL must see neither libpq's variables nor Parley's secrets.
const environment: NodeJS.ProcessEnv = { PATH: process.env.PATH, TZ: 'UTC', LC_ALL: 'C', NODE_ENV: 'production' };

/** How to run a program as the owner of the cluster: a command prefix, and the ids to spawn it with. */
export interface Runner {
  prefix: string[];
  ids: { uid?: number; gid?: number };
}

export interface Postmaster {
  child: ChildProcess;
  pid: number;
}

/** Spawns a program as the cluster's owner. It is detached from the terminal, so that Ctrl-C reaches only Parley. */
export function spawnAs(runner: Runner, program: string, flags: string[], output: number | 'pipe'): ChildProcess {
  const [command = program, ...rest] = [...runner.prefix, program, ...flags];
  return spawn(command, rest, {
    ...runner.ids,
    detached: true,
    stdio: ['ignore', output, output],
    env: environment,
  });
}

/**
 * Starts a postmaster and waits until it accepts connections. It logs to a file, because a pipe would break when Parley dies.
 * @throws PostmasterFailure when it ends instead
 */
export async function startPostmaster(
  runner: Runner,
  program: string,
  cluster: string,
  port: number,
  logFile: string,
): Promise<Postmaster> {
  const logStart = sizeOf(logFile);
  const output = openSync(logFile, logStart > 10 * MiB ? 'w' : 'a', 0o600);
  const child = spawnAs(runner, program, ['-D', cluster, '-p', String(port), ...settings()], output);
  closeSync(output);
  let ended = false;
  child.once('error', () => {
    ended = true;
  });
  child.once('exit', () => {
    ended = true;
  });
  // Crash recovery may take minutes.
  await waitUntil(() => ended || isReady(cluster, child.pid), 10 * 60_000);
  if (ended || child.pid === undefined) throw new PostmasterFailure(errorIn(logFile, logStart > 10 * MiB ? 0 : logStart));
  child.unref();
  return { child, pid: child.pid };
}

/** The postmaster ended before it accepted connections. The message is its own. */
export class PostmasterFailure extends Error {}

/** Shuts a postmaster down cleanly (checkpoint, no recovery at the next start), and forcibly after the timeout. */
export async function stopPostmaster(pid: number, timeoutMs: number): Promise<void> {
  for (const [signal, waitMs] of [
    ['SIGINT', timeoutMs],
    ['SIGQUIT', 2_000],
    ['SIGKILL', 2_000],
  ] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    if (await waitUntil(() => !isAlive(pid), waitMs)) return;
  }
}

/** The postmaster that runs on this cluster, or null. The check is safe against reused pids. */
export function runningPostmaster(cluster: string): { pid: number; port: number } | null {
  const lines = lockLines(cluster);
  const pid = Number(lines[0]);
  return pid > 0 && isAlive(pid) && isPostmasterOf(pid, cluster) ? { pid, port: Number(lines[3]) } : null;
}

/**
 * Removes a lock file whose pid now belongs to an unrelated process (after a crash), over which PostgreSQL would refuse to start.
 * A lock file with a dead pid stays: PostgreSQL uses it to look for surviving backends in shared memory.
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

// Lines of postmaster.pid: pid, folder, start time, port, socket folder, address, shared memory, state.
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

// fsync, synchronous_commit and full_page_writes keep their default (on): acked writes survive a power failure.
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
    // Containers have 64 MB of /dev/shm by default, which parallel queries would fill.
    max_parallel_workers_per_gather: 0,
    idle_in_transaction_session_timeout: '60s',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] ',
    // The text of a failing statement may contain a user's message.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function errorIn(logFile: string, logStart: number): string {
  const lines = readFileSync(logFile).subarray(logStart).toString('utf8').trim().split('\n');
  const errorLine = lines.findLast((line) => /\b(FATAL|PANIC)\b/.test(line)) ?? lines.at(-1) ?? '';
  return errorLine.replace(/^.*?\b(FATAL|PANIC):\s*/, '').trim() || 'it ended without an error message';
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}
