import { mkdir, writeFile } from 'node:fs/promises';
import { startServer } from '@/tests/support/server';

/** Once a run: the built server on a fresh data folder. PARLEY_E2E_URL names a running one to use instead. */
export default async function setup() {
  if (process.env.PARLEY_E2E_URL) return;
  const server = await startServer();
  // As the address line of a browser would say it; workers inherit the environment.
  process.env.PARLEY_E2E_URL = `http://localhost:${server.port}`;
  return async () => {
    await server.stop();
    await mkdir('test-results', { recursive: true });
    await writeFile('test-results/server.log', server.output());
  };
}
