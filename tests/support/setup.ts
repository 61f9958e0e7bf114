import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, inject } from 'vitest';
import { copyTemplate, databaseUrl, dropDatabase } from '@/tests/support/database';

// Runs in the process of each test file before the file is imported, so nothing in lib/ has read the environment yet.
const { url, prefix } = inject('postgres');
const database = await copyTemplate(url, prefix);
const dataDir = join(tmpdir(), database);

process.env.DATABASE_URL = databaseUrl(url, database);
process.env.DATABASE_POOL ??= '5';
process.env.PARLEY_DATA_DIR = dataDir;

afterAll(async () => {
  const { pool } = await import('@/lib/platform/db/pool');
  await pool().end();
  await dropDatabase(url, database);
  await rm(dataDir, { recursive: true, force: true });
});
