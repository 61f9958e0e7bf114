import { expect, test } from 'vitest';
import { openClient } from '@/lib/platform/db/client';
import { pool } from '@/lib/platform/db/pool';

test('an idle connection that breaks affects only itself', async () => {
  const client = openClient({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  // Not with once() of node:events, which would reject on the error.
  const ended = new Promise<void>((resolve) => client.once('end', resolve));
  await pool().query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
  await ended;
  await expect(client.query('SELECT 1')).rejects.toThrow();
});
