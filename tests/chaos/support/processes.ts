import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

interface Process {
  pid: number;
  parent: number;
  residentKiB: number;
}

/** Resident memory of a process, in MiB. */
export function residentMiB(pid: number): number {
  const found = processes().find((process) => process.pid === pid);
  if (!found) throw new Error(`There is no process ${pid}.`);
  return found.residentKiB / 1_024;
}

/** Kills a process and its children at once, with SIGKILL. */
export function killTree(pid: number): void {
  const children = processes().filter(({ parent }) => parent === pid);
  process.kill(pid, 'SIGKILL');
  for (const child of children) kill(child.pid);
}

/** Ignores processes that have ended already. */
function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

const processes = (): Process[] => (process.platform === 'linux' ? fromProc() : fromPs());

function fromProc(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statusOf(name));
}

function statusOf(name: string): Process[] {
  try {
    const status = readFileSync(`/proc/${name}/status`, 'utf8');
    const field = (key: string) => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
    return [{ pid: Number(name), parent: field('PPid'), residentKiB: field('VmRSS') }];
  } catch {
    // The process ended after it was listed.
    return [];
  }
}

function fromPs(): Process[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' });
  return stdout
    .trim()
    .split('\n')
    .map((line) => {
      const [pid = 0, parent = 0, residentKiB = 0] = line.trim().split(/\s+/).map(Number);
      return { pid, parent, residentKiB };
    });
}
