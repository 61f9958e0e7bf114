import { type ChildProcess, fork } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { startParameters } from '@/tests/support/server';

/** Parley's V8 heap flags, used for the baselines and the load generator too, so that they are comparable. */
const heapFlags = startParameters().filter((parameter) => /^--.*=\d+$/.test(parameter));

/** Starts a program of bench/ as a separate process. */
export function program(path: string, environment: Record<string, string> = {}): ChildProcess {
  return fork(path, {
    execArgv: ['--import', 'tsx', '--expose-gc', ...heapFlags],
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

/** Waits for the next message of a program. @throws when it ends first, or after the timeout */
export function reply<Value>(child: ChildProcess, timeoutMs: number): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    child.once('message', (value) => {
      clearTimeout(timer);
      resolve(value as Value);
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`ended with ${code}`));
    });
  });
}

export function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}

const ticksPerSecond = 100;

/** CPU seconds used by a process and its children; NaN without /proc. */
export function cpuSeconds(pid: number): number {
  try {
    return [pid, ...children(pid)].reduce((total, id) => total + ownTicks(id), 0) / ticksPerSecond;
  } catch {
    return Number.NaN;
  }
}

/** Resident memory of a process in KiB; NaN without /proc. */
export function residentKiB(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    return Number.NaN;
  }
}

function ownTicks(pid: number): number {
  // The name, in parentheses, may contain spaces, so count fields after it. Sums utime, stime, and those of reaped children.
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]) + Number(fields[13]) + Number(fields[14]);
}

/** The child processes of a process. */
export function children(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((id) => {
      try {
        const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid;
      } catch {
        return false;
      }
    });
}
