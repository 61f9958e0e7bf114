import type pg from 'pg';
import { sqlState } from '@/lib/platform/db/failure';
import { openPool } from '@/lib/platform/db/pool';
import { Progress, requireCopy } from '@/lib/platform/db/replica-fitness';
import { snapshot } from '@/lib/platform/db/sql';
import { env } from '@/lib/platform/env/env';
import { log } from '@/lib/platform/log/log';
import { measured } from '@/lib/platform/metrics/metrics';
import { processSingleton } from '@/lib/platform/process/singleton';

/** For whoever waits for a page, the primary is the quicker one after that. */
const patienceMs = 500;
/** How often it is looked at, in use and (first, later) after failures. */
const everyMs = 2_000;
const pauseMs = { first: 1_000, most: 10_000 };
/** What is removed without leaving a change, a replica shows no longer than this. */
const mostLagMs = 30_000;

interface Replica {
  pool: pg.Pool;
  progress: Progress;
  up: boolean;
  /** in a row; the pause grows with them */
  failures: number;
  timer?: NodeJS.Timeout;
}

export const hasReplica = (): boolean => env().DATABASE_REPLICA_URL !== '';

/** There should be one, and it is not used: the primary answers everything. */
export const isReplicaAway = (): boolean => hasReplica() && !held().replica?.up;

/** Begins to use the replica of DATABASE_REPLICA_URL, if there is one. Never throws: one that is away is used when it is back. */
export async function openReplica({ lagMs = mostLagMs } = {}): Promise<void> {
  if (!hasReplica()) return;
  const replica = { pool: connections(), progress: new Progress(lagMs), up: false, failures: 0 };
  held().replica = replica;
  await look(replica);
}

export async function closeReplica(): Promise<void> {
  const { replica } = held();
  held().replica = undefined;
  clearTimeout(replica?.timer);
  await replica?.pool.end();
}

/**
 * Lets the replica answer, in one snapshot of it. No request waits for one that is away or slow: nobody asks it again until a look in
 * the background found it well.
 * @param read null when what it sees is not new enough
 * @returns null when the primary has to be asked
 */
export async function askReplica<Result>(read: (client: pg.PoolClient) => Promise<Result | null>): Promise<Result | null> {
  const { replica } = held();
  if (!replica) return null;
  if (!replica.up) return primary('away');
  if (replica.pool.waitingCount >= replica.pool.options.max) return primary('busy');
  try {
    const found = await lend(replica.pool, (client) => snapshot(client, () => read(client)));
    replica.failures = 0;
    if (found === null) return primary('behind');
    measured().pageReads.inc({ server: 'replica', reason: 'current' });
    return found;
  } catch (error) {
    if (wasCancelled(error)) return primary('cancelled');
    if (replica.up) goAway(replica, error);
    return primary(error instanceof Late ? 'slow' : 'failed');
  }
}

function primary(reason: string): null {
  measured().pageReads.inc({ server: 'primary', reason });
  return null;
}

/** A replica cancels what stands in the way of its replaying. That is its nature, and no fault. */
const wasCancelled = (error: unknown) => /^(40001|40P01|57014)$/.test(sqlState(error) ?? '');

const held = () => processSingleton<{ replica?: Replica }>('replica', () => ({}));

function connections(): pg.Pool {
  const made = openPool({
    connectionString: env().DATABASE_REPLICA_URL,
    min: 1,
    connectionTimeoutMillis: patienceMs,
    query_timeout: patienceMs,
    // Each one: behind one address there may be several servers, and not always the same.
    verify: (client, done) => requireCopy(client).then(() => done(), done),
  });
  // Whoever asks next hears of it.
  made.on('error', () => {});
  return made;
}

async function look(replica: Replica): Promise<void> {
  try {
    await lend(replica.pool, (client) => replica.progress.check(client));
    if (replica.up) replica.failures = 0;
    else log().info('The replica answers, and is used.');
    replica.up = true;
    lookLater(replica, everyMs);
  } catch (error) {
    goAway(replica, error);
  }
}

function goAway(replica: Replica, error: unknown): void {
  if (held().replica !== replica) return;
  if (replica.up || replica.failures === 0)
    log().warn({ reason: (error as Error).message }, 'The replica is not used: this node is degraded.');
  replica.up = false;
  lookLater(replica, Math.min(pauseMs.first * 2 ** replica.failures, pauseMs.most));
  replica.failures += 1;
}

function lookLater(replica: Replica, ms: number): void {
  clearTimeout(replica.timer);
  if (held().replica === replica) replica.timer = setTimeout(() => void look(replica), ms).unref();
}

class Late extends Error {
  constructor() {
    super(`it did not answer within ${patienceMs} ms`);
  }
}

/**
 * Lends a connection, for so long and no longer, waiting for one included. Whatever fails costs the connection: nobody knows what it
 * is in the middle of.
 */
function lend<Result>(from: pg.Pool, work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    let lent: pg.PoolClient | null = null;
    let over = false;
    const end = (error?: Error) => {
      over = true;
      clearTimeout(timer);
      lent?.release(error);
      lent = null;
    };
    const fail = (error: Error) => {
      if (!over) end(error);
      reject(error);
    };
    const timer = setTimeout(() => fail(new Late()), patienceMs);
    from.connect().then((client) => {
      if (over) return client.release();
      lent = client;
      work(client).then((result) => {
        if (!over) end();
        resolve(result);
      }, fail);
    }, fail);
  });
}
