import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { children } from '@/bench/load/process';

/** Why processes cannot be kept to a core here; null when they can. */
export function pinningProblem(): string | null {
  if (spawnSync('taskset', ['--version']).status !== 0) return 'taskset (of util-linux) is missing';
  return availableParallelism() < 2 ? 'there is one core only' : null;
}

/** Keeps a process, what it started, and what either will start, to these cores; without: to all there are. */
export function pin(pid: number, cores: string = `0-${availableParallelism() - 1}`): void {
  for (const id of [pid, ...children(pid)]) {
    const { status, stderr } = spawnSync('taskset', ['-acp', cores, `${id}`]);
    if (status !== 0) throw new Error(`taskset could not keep ${id} to ${cores}: ${stderr}`);
  }
}
