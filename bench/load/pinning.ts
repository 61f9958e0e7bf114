import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { children } from '@/bench/load/process';

/** The reason why processes cannot be pinned to cores; null when they can. */
export function pinningProblem(): string | null {
  if (spawnSync('taskset', ['--version']).status !== 0) return 'taskset (of util-linux) is missing';
  return availableParallelism() < 2 ? 'there is one core only' : null;
}

/** Pins a process and its children, including later ones, to these cores; by default to all cores. */
export function pin(pid: number, cores: string = `0-${availableParallelism() - 1}`): void {
  for (const id of [pid, ...children(pid)]) {
    const { status, stderr } = spawnSync('taskset', ['-acp', cores, `${id}`]);
    if (status !== 0) throw new Error(`taskset could not keep ${id} to ${cores}: ${stderr}`);
  }
}
