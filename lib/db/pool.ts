import pg from 'pg';
import { MeasuredClient } from '@/lib/db/measured-client';
import { env } from '@/lib/env/env';
import { log } from '@/lib/process/log';
import { oncePerProcess } from '@/lib/process/once';

/** The process's one connection pool, shared by Prisma and by the hot paths' SQL. */
export function pool(): pg.Pool {
  return oncePerProcess('pool', () => {
    const made = new pg.Pool({
      Client: MeasuredClient,
      connectionString: env().DATABASE_URL,
      max: env().DATABASE_POOL,
      application_name: 'parley',
      // A first query costs a connection 16 ms, so some stay warm; without PostgreSQL a request fails soon instead of hanging.
      min: 2,
      idleTimeoutMillis: 60_000,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    // A connection that breaks (PostgreSQL restarted) fails the query under way and is replaced. Unheard, its error would end the
    // process: the pool hears of idle ones, and of those that are lent out only their own listener does.
    made.on('error', (error) => log().warn({ reason: error.message }, 'a database connection broke'));
    made.on('connect', (client) => client.on('error', () => {}));
    return made;
  });
}
