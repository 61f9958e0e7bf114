import pg from 'pg';
import { env } from '@/lib/env/env';
import { log } from '@/lib/process/log';
import { oncePerProcess } from '@/lib/process/once';

/** The process's one connection pool, shared by Prisma and by the hot paths' SQL. */
export function pool(): pg.Pool {
  return oncePerProcess('pool', () => {
    const made = new pg.Pool({
      connectionString: env().DATABASE_URL,
      max: env().DATABASE_POOL,
      application_name: 'parley',
      // A first query costs a connection 16 ms, so some stay warm; without PostgreSQL a request fails soon instead of hanging.
      min: 2,
      idleTimeoutMillis: 60_000,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    // An idle connection that breaks (PostgreSQL restarted) is replaced at the next query; unheard, its error would end the process.
    made.on('error', (error) => log().warn({ reason: error.message }, 'a database connection broke'));
    return made;
  });
}
