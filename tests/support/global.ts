import { randomBytes } from 'node:crypto';
import type { TestProject } from 'vitest/node';
import { createTemplate, dropDatabases } from '@/tests/support/database';
import { startPostgres } from '@/tests/support/postgres';

declare module 'vitest' {
  export interface ProvidedContext {
    /** the address of the run's PostgreSQL, and the prefix of its databases */
    postgres: { url: string; prefix: string };
  }
}

/** Runs once: starts one PostgreSQL with a migrated template, which each test file copies (setup.ts). */
export default async function setup(project: TestProject) {
  const postgres = await startPostgres();
  const prefix = `parley_test_${randomBytes(4).toString('hex')}`;
  await createTemplate(postgres.url, prefix);
  project.provide('postgres', { url: postgres.url, prefix });
  return async () => {
    await dropDatabases(postgres.url, prefix);
    await postgres.stop();
  };
}
