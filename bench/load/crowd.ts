import pg from 'pg';
import type { Account } from '@/bench/load/workspace';
import { signAccessToken } from '@/lib/domain/accounts/access-token';

/**
 * Inserts people with one session each into Parley's database. Registering 5,000 people would take minutes to hash their passwords. The
 * server must have the AUTH_SECRET of this process.
 */
export async function crowd(databaseUrl: string, count: number): Promise<Account[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ userId: string; sessionId: string }>(crowdText, [count]);
  await client.query('ANALYZE "User", "Session"');
  await client.end();
  return Promise.all(
    rows.map(async ({ userId, sessionId }) => {
      const { token } = await signAccessToken(userId, sessionId);
      return { id: userId, auth: { token }, token };
    }),
  );
}

const crowdText = `
  WITH people AS (
    INSERT INTO "User" (id, name, email, handle)
    SELECT gen_random_uuid(), 'Person ' || n, 'crowd-' || n || '@parley.test', 'crowd-' || n FROM generate_series(1, $1::int) AS n
    RETURNING id)
  INSERT INTO "Session" (id, "userId", device, address, "expiresAt")
  SELECT gen_random_uuid(), id, 'Bench', '127.0.0.1', now() + interval '1 day' FROM people
  RETURNING "userId", id AS "sessionId"`;
