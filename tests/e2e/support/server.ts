import { mkdir, writeFile } from 'node:fs/promises';
import { owner } from '@/tests/support/owner';
import { startServer } from '@/tests/support/server';

/** Small enough for a test to go over it. */
export const limits = { MAX_UPLOAD: `${2 * 1024 * 1024}` };

/** Once a run: the built server on a fresh data folder, with an owner. PARLEY_E2E_URL names a running one to use instead. */
export default async function setup() {
  if (process.env.PARLEY_E2E_URL) return;
  const server = await startServer(limits);
  await registerOwner(server.origin);
  // As the address line of a browser would say it; workers inherit the environment.
  process.env.PARLEY_E2E_URL = `http://localhost:${server.port}`;
  return async () => {
    await server.stop();
    await mkdir('test-results', { recursive: true });
    await writeFile('test-results/server.log', server.output());
  };
}

/** Otherwise the first test of the run to register somebody would have a workspace of its own, and the others not. */
async function registerOwner(origin: string): Promise<void> {
  const body = JSON.stringify(owner);
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${origin}/api/auth/register`, { method: 'POST', headers, body });
  if (response.status !== 201) throw new Error(`No owner: ${response.status} ${await response.text()}`);
}
