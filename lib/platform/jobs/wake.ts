import { processSingleton } from '@/lib/platform/process/singleton';

const holder = () => processSingleton('job-runners', () => new Set<() => void>());

/** Lets this process's runner look for work now instead of within a second. Does nothing where none runs, as in scripts. */
export function wakeRunner(): void {
  for (const wake of holder()) wake();
}

/** @returns ends it */
export function onWake(wake: () => void): () => void {
  holder().add(wake);
  return () => void holder().delete(wake);
}
