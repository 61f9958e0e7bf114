import { pool } from '@/lib/platform/db/pool';
import { loadEnvFile, setDatabaseUrl } from '@/lib/platform/env/env';
import { listOpenJobs, type OpenJob, retryJob } from '@/lib/platform/jobs/administration';
import { StartupError } from '@/lib/platform/process/startup-error';
import { reachDatabase } from '@/scripts/database';

// npm run jobs: lists jobs that wait, run or are parked. npm run jobs -- retry <id>: runs a parked one again. This script runs none
// itself: a running Parley does.

const shown = 100;
const usage = 'use "npm run jobs", or "npm run jobs -- retry ID".';

// Log only errors, so that the server's log lines do not mix with the output of this script.
process.env.LOG_LEVEL ||= 'error';

try {
  const [command = 'list', id, ...rest] = process.argv.slice(2);
  const isRetry = command === 'retry' && /^[0-9a-f-]{36}$/.test(id ?? '');
  if (rest.length > 0 || !(isRetry || (command === 'list' && !id))) throw new StartupError(usage);
  loadEnvFile();
  const { url, stop } = await reachDatabase();
  setDatabaseUrl(url);
  try {
    await (isRetry ? retry(id ?? '') : list());
  } finally {
    await pool().end();
    await stop();
  }
} catch (error) {
  console.error(error instanceof StartupError ? `Nothing was done: ${error.message}` : error);
  process.exitCode = 1;
}

async function list(): Promise<void> {
  const jobs = await listOpenJobs(shown);
  print(jobs.length > 0 ? jobs.map(lineOf).join('\n') : 'No job waits, runs or is parked.');
}

function lineOf({ id, kind, key, state, runAt, attempts, lockedBy, lastError }: OpenJob): string {
  const where = state === 'running' ? `on ${lockedBy}` : state === 'waiting' ? `for ${runAt.toISOString()}` : '';
  const tries = attempts > 0 ? `try ${attempts}` : '';
  return [id, state, where, kind, key ?? '', tries, lastError ? `"${lastError}"` : ''].filter(Boolean).join('  ');
}

async function retry(id: string): Promise<void> {
  if (!(await retryJob(id))) throw new StartupError(`${id} is not parked, or an open job with its key does its work.`);
  print(`${id} runs again within a second, when Parley is running.`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
