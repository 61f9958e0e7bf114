import pg from 'pg';
import { MeasuredClient } from '@/lib/platform/db/measured-client';
import { env } from '@/lib/platform/env/env';
import { log } from '@/lib/platform/log/log';
import { processSingleton } from '@/lib/platform/process/singleton';

/** The process's one connection pool to the primary, shared by Prisma and by the hot paths' SQL. */
export function pool(): pg.Pool {
  return processSingleton('pool', () => {
    const made = openPool({
      connectionString: env().DATABASE_URL,
      // A first query costs a connection 16 ms, so some stay warm; without PostgreSQL a request fails soon instead of hanging.
      min: 2,
      connectionTimeoutMillis: 5_000,
    });
    made.on('error', (error) => {
      // A pool's end does not wait for its connections': PostgreSQL, when it stops right after, may end them first.
      if (!made.ending) log().warn({ reason: error.message }, 'a database connection broke');
    });
    return made;
  });
}

/**
 * A pool of measured connections. One that breaks (PostgreSQL restarted) fails the query under way and is replaced. Unheard, its error
 * would end the process: the pool hears of idle ones, and its owner has to listen; of those that are lent out only their own listener does.
 */
export function openPool(options: pg.PoolConfig): pg.Pool {
  const made = new pg.Pool({
    Client: MeasuredClient,
    max: env().DATABASE_POOL,
    application_name: 'parley',
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    ...options,
  });
  made.on('connect', (client) => client.on('error', () => {}));
  return made;
}
