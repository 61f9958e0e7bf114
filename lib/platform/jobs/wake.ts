import { processSingleton } from '@/lib/platform/process/singleton';

const holder = () => processSingleton('job-runners', () => new Set<() => void>());

/** Makes this process's runner look for work now instead of within a second. It does nothing without a runner, as in scripts. */
export function wakeRunner(): void {
  for (const wake of holder()) wake();
}

/** @returns a function that removes the listener */
export function onWake(wake: () => void): () => void {
  holder().add(wake);
  return () => void holder().delete(wake);
}
