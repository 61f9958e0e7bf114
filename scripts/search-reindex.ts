import { reindexAll } from '@/lib/domain/search/backfill';
import { pool } from '@/lib/platform/db/pool';
import { loadEnvFile, setDatabaseUrl } from '@/lib/platform/env/env';
import { StartupError } from '@/lib/platform/process/startup-error';
import { reachDatabase } from '@/scripts/database';

// npm run search:reindex: has all messages indexed anew by the running server, or by the next one.

// Log only errors, so that the server's log lines do not mix with the output of this script.
process.env.LOG_LEVEL ||= 'error';

try {
  loadEnvFile();
  const { url, stop } = await reachDatabase();
  setDatabaseUrl(url);
  try {
    const months = await reindexAll();
    process.stdout.write(`${months} months will be indexed anew by the server, the newest first. It begins within a minute.\n`);
  } finally {
    await pool().end();
    await stop();
  }
} catch (error) {
  console.error(error instanceof StartupError ? `Nothing was changed: ${error.message}` : error);
  process.exitCode = 1;
}
