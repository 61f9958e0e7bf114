import { type ChildProcess, fork } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { startParameters } from '@/tests/support/server';

/** How Parley's heap grows: that of what it is held against, and of the load, grows alike. */
const heapFlags = startParameters().filter((parameter) => /^--.*=\d+$/.test(parameter));

/** Starts one of bench/'s programs as a process of its own. */
export function program(path: string, environment: Record<string, string> = {}): ChildProcess {
  return fork(path, {
    execArgv: ['--import', 'tsx', '--expose-gc', ...heapFlags],
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

/** The next message of a program; an Error when it ends without one, or takes longer than that many milliseconds. */
export function reply<Value>(child: ChildProcess, withinMs: number): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${withinMs} ms`)), withinMs);
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

/** Processor seconds that a process and its children have used; NaN where there is no /proc. */
export function cpuSeconds(pid: number): number {
  try {
    return [pid, ...children(pid)].reduce((total, id) => total + ownTicks(id), 0) / ticksPerSecond;
  } catch {
    return Number.NaN;
  }
}

/** Resident memory of a process, in KiB; NaN where there is no /proc. */
export function residentKiB(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    return Number.NaN;
  }
}

function ownTicks(pid: number): number {
  // The name, in parentheses, may hold spaces: fields are counted behind it. utime, stime, and those of awaited children.
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]) + Number(fields[13]) + Number(fields[14]);
}

/** The processes that this one started. */
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
