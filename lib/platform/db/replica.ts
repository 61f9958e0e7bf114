import type pg from 'pg';
import { sqlState } from '@/lib/platform/db/failure';
import { databaseMetrics } from '@/lib/platform/db/metrics';
import { openPool } from '@/lib/platform/db/pool';
import { Progress, requireReplica } from '@/lib/platform/db/replica-fitness';
import { snapshot } from '@/lib/platform/db/sql';
import { env } from '@/lib/platform/env/env';
import { log } from '@/lib/platform/log/log';
import { processSingleton } from '@/lib/platform/process/singleton';

/** After this time, reading a page from the primary is faster than waiting for the replica. */
const timeoutMs = 500;
/** How often the replica is checked: while it is in use, and with backoff after failures. */
const checkEveryMs = 2_000;
const retryDelayMs = { initial: 1_000, max: 10_000 };
/** Rows that are deleted without a change record stay visible on the replica for at most this long. */
const defaultMaxLagMs = 30_000;

interface Replica {
  pool: pg.Pool;
  progress: Progress;
  up: boolean;
  /** consecutive failures; the retry delay grows with them */
  failures: number;
  timer?: NodeJS.Timeout;
}

export const hasReplica = (): boolean => env().DATABASE_REPLICA_URL !== '';

/** Whether a replica is configured but not in use, so the primary answers everything. */
export const isReplicaDown = (): boolean => hasReplica() && !state().replica?.up;

/** Starts to use the replica of DATABASE_REPLICA_URL, if set. Never throws: an unreachable replica is used once it is back. */
export async function openReplica({ maxLagMs = defaultMaxLagMs } = {}): Promise<void> {
  if (!hasReplica()) return;
  const replica = { pool: openReplicaPool(), progress: new Progress(maxLagMs), up: false, failures: 0 };
  state().replica = replica;
  await check(replica);
}

export async function closeReplica(): Promise<void> {
  const { replica } = state();
  state().replica = undefined;
  clearTimeout(replica?.timer);
  await replica?.pool.end();
}

/**
 * Reads from the replica, in one snapshot. A replica that failed or was slow gets no more requests until a check in the background
 * succeeds, so requests don't wait for it.
 * @param read returns null when the replica's data is not recent enough
 * @returns null when the caller has to read from the primary
 */
export async function readFromReplica<Result>(read: (client: pg.PoolClient) => Promise<Result | null>): Promise<Result | null> {
  const { replica } = state();
  if (!replica) return null;
  if (!replica.up) return fallback('away');
  if (replica.pool.waitingCount >= replica.pool.options.max) return fallback('busy');
  try {
    const result = await withConnection(replica.pool, (client) => snapshot(client, () => read(client)));
    replica.failures = 0;
    if (result === null) return fallback('behind');
    databaseMetrics().pageReads.inc({ server: 'replica', reason: 'current' });
    return result;
  } catch (error) {
    if (wasCancelled(error)) return fallback('cancelled');
    if (replica.up) markDown(replica, error);
    return fallback(error instanceof ReplicaTimeout ? 'slow' : 'failed');
  }
}

function fallback(reason: string): null {
  databaseMetrics().pageReads.inc({ server: 'primary', reason });
  return null;
}

/** A replica cancels queries that conflict with WAL replay. That is normal operation, not a fault. */
const wasCancelled = (error: unknown) => /^(40001|40P01|57014)$/.test(sqlState(error) ?? '');

const state = () => processSingleton<{ replica?: Replica }>('replica', () => ({}));

function openReplicaPool(): pg.Pool {
  const pool = openPool({
    connectionString: env().DATABASE_REPLICA_URL,
    min: 1,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
    // Every connection is verified: several servers may share one address.
    verify: (client, done) => requireReplica(client).then(() => done(), done),
  });
  // The next query fails and reports it. Without a listener the event would end the process.
  pool.on('error', () => {});
  return pool;
}

async function check(replica: Replica): Promise<void> {
  try {
    await withConnection(replica.pool, (client) => replica.progress.check(client));
    if (replica.up) replica.failures = 0;
    else log().info('The replica is reachable and in use.');
    replica.up = true;
    scheduleCheck(replica, checkEveryMs);
  } catch (error) {
    markDown(replica, error);
  }
}

function markDown(replica: Replica, error: unknown): void {
  if (state().replica !== replica) return;
  if (replica.up || replica.failures === 0)
    log().warn({ reason: (error as Error).message }, 'The replica is not in use: this node is degraded.');
  replica.up = false;
  scheduleCheck(replica, Math.min(retryDelayMs.initial * 2 ** replica.failures, retryDelayMs.max));
  replica.failures += 1;
}

function scheduleCheck(replica: Replica, ms: number): void {
  clearTimeout(replica.timer);
  if (state().replica === replica) replica.timer = setTimeout(() => void check(replica), ms).unref();
}

class ReplicaTimeout extends Error {
  constructor() {
    super(`it did not answer within ${timeoutMs} ms`);
  }
}

/**
 * Runs work on a connection of the pool. The timeout includes the wait for the connection. Any failure closes the connection, because
 * its state is unknown.
 */
function withConnection<Result>(from: pg.Pool, work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    let acquired: pg.PoolClient | null = null;
    let released = false;
    const end = (error?: Error) => {
      released = true;
      clearTimeout(timer);
      acquired?.release(error);
      acquired = null;
    };
    const fail = (error: Error) => {
      if (!released) end(error);
      reject(error);
    };
    const timer = setTimeout(() => fail(new ReplicaTimeout()), timeoutMs);
    from.connect().then((client) => {
      if (released) return client.release();
      acquired = client;
      work(client).then((result) => {
        if (!released) end();
        resolve(result);
      }, fail);
    }, fail);
  });
}
