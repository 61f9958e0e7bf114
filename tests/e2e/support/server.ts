import { mkdir, writeFile } from 'node:fs/promises';
import { owner } from '@/tests/support/owner';
import { startServer } from '@/tests/support/server';

/** Small enough that a test can exceed it. */
export const limits = { MAX_UPLOAD: `${2 * 1024 * 1024}` };

/** Runs once: starts the built server with an empty data folder and an owner, or uses the one at PARLEY_E2E_URL. */
export default async function setup() {
  if (process.env.PARLEY_E2E_URL) return;
  const server = await startServer(limits);
  await registerOwner(server.origin);
  // As in a browser's address bar; workers inherit the environment.
  process.env.PARLEY_E2E_URL = `http://localhost:${server.port}`;
  return async () => {
    await server.stop();
    await mkdir('test-results', { recursive: true });
    await writeFile('test-results/server.log', server.output());
  };
}

/** Registers the owner first, so that no test gets the first account of the workspace by chance. */
async function registerOwner(origin: string): Promise<void> {
  const body = JSON.stringify(owner);
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${origin}/api/auth/register`, { method: 'POST', headers, body });
  if (response.status !== 201) throw new Error(`No owner: ${response.status} ${await response.text()}`);
}
