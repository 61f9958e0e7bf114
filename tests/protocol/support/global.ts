import type { TestProject } from 'vitest/node';
import { register } from '@/tests/support/client';
import { owner } from '@/tests/support/owner';
import { startServer } from '@/tests/support/server';

declare module 'vitest' {
  export interface ProvidedContext {
    /** the origin of the run's built server */
    origin: string;
  }
}

/** Runs once: starts the built server as a separate process, with an empty data folder. */
export default async function setup(project: TestProject) {
  const server = await startServer();
  // Nobody else may have a name that looks like the owner's.
  await register(server.origin, owner);
  project.provide('origin', server.origin);
  return () => server.stop();
}
