import pg from 'pg';
import { env } from '@/lib/env/env';
import { oncePerProcess } from '@/lib/process/once';

/** The process's one connection pool, shared by Prisma and by the hot paths' SQL. */
export function pool(): pg.Pool {
  return oncePerProcess('pool', () => new pg.Pool({ connectionString: env().DATABASE_URL, max: env().DATABASE_POOL }));
}
