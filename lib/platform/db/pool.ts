import pg from 'pg';
import { MeasuredClient } from '@/lib/platform/db/measured-client';
import { env } from '@/lib/platform/env/env';
import { log } from '@/lib/platform/log/log';
import { processSingleton } from '@/lib/platform/process/singleton';

/** The connection pool to the primary, shared by Prisma and by the plain SQL of the hot paths. */
export function pool(): pg.Pool {
  return processSingleton('pool', () => {
    const opened = openPool({
      connectionString: env().DATABASE_URL,
      // The first query of a connection takes 16 ms, so two stay open. The timeout lets requests fail fast when PostgreSQL is down.
      min: 2,
      connectionTimeoutMillis: 5_000,
    });
    opened.on('error', (error) => {
      // `end()` does not wait for the connections to close, so a PostgreSQL that stops right afterwards may close them first.
      if (!opened.ending) log().warn({ reason: error.message }, 'A database connection broke.');
    });
    return opened;
  });
}

/**
 * Opens a pool of measured connections. A broken connection (PostgreSQL restarted) fails its running query and is replaced. Its
 * `error` event needs a listener, or the process ends: the caller listens on the pool for idle connections, and this function
 * listens on each connection, for those in use.
 */
export function openPool(options: pg.PoolConfig): pg.Pool {
  const opened = new pg.Pool({
    Client: MeasuredClient,
    max: env().DATABASE_POOL,
    application_name: 'parley',
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    ...options,
  });
  opened.on('connect', (client) => client.on('error', () => {}));
  return opened;
}
