import type { TestProject } from 'vitest/node';
import { register } from '@/tests/support/client';
import { owner } from '@/tests/support/owner';
import { startServer } from '@/tests/support/server';

declare module 'vitest' {
  export interface ProvidedContext {
    /** where the built server of this run answers */
    origin: string;
  }
}

/** Once a run: the built server as a process of its own, on a fresh data folder. */
export default async function setup(project: TestProject) {
  const server = await startServer();
  // Whoever owns the workspace, nobody else may be called like them.
  await register(server.origin, owner);
  project.provide('origin', server.origin);
  return () => server.stop();
}
