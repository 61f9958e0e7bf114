import { hostname } from 'node:os';
import type pg from 'pg';
import { run, transaction } from '@/lib/platform/db/sql';
import { log } from '@/lib/platform/log/log';

/** A lease that is not renewed for this long expires. Its holder renews it three times in that time. */
export const leaseSeconds = 30;

/** Exclusive work across all nodes: one process holds the lease at a time. */
export interface Lease {
  /**
   * Runs work in one transaction that commits only while this process holds the lease. The transaction locks the lease's row, so no
   * other process can take the lease before it ends. PostgreSQL ends it when it stays idle.
   * @throws LeaseLost when the lease expired or another process took it
   */
  transaction<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result>;
  /** Call before side effects outside a transaction. @throws LeaseLost when the lease expired or the work was aborted */
  check(): void;
}

export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/**
 * Runs work under the named lease, unless another process holds it.
 * @param restSeconds skips the work when a process completed it within this time
 * @param stop makes the lease's next check throw
 * @returns whether this process ran the work; rejects with what the work throws
 */
export async function withLease(
  name: string,
  restSeconds: number,
  work: (lease: Lease) => Promise<void>,
  stop?: AbortSignal,
): Promise<boolean> {
  const requestedAt = performance.now();
  const token = await acquire(name, restSeconds);
  if (token === null) return false;
  const holding = startRenewing(name, token, requestedAt, stop);
  let done = false;
  try {
    await work(holding.lease);
    done = true;
  } finally {
    holding.end();
    await run('lease.release', releaseText, [name, token, done]).catch(logUnreleased);
  }
  return true;
}

async function acquire(name: string, restSeconds: number): Promise<number | null> {
  await run('lease.make', makeText, [name]);
  const values = [name, `${hostname()}:${process.pid}`, leaseSeconds, restSeconds];
  const [row] = await run<{ token: number }>('lease.acquire', acquireText, values);
  return row?.token ?? null;
}

function startRenewing(name: string, token: number, since: number, stop?: AbortSignal) {
  // Counted from before the request was sent, by this machine's clock, so it expires here before it expires in PostgreSQL.
  let until = since + leaseSeconds * 1_000;
  const renew = async () => {
    const requestedAt = performance.now();
    const rows = await run('lease.renew', renewText, [name, token, leaseSeconds]);
    until = rows.length > 0 ? requestedAt + leaseSeconds * 1_000 : 0;
  };
  const timer = setInterval(
    () => void renew().catch((error: Error) => log().warn({ lease: name, reason: error.message }, 'A lease was not renewed.')),
    (leaseSeconds * 1_000) / 3,
  );
  timer.unref();
  const lease: Lease = {
    check: () => {
      if (stop?.aborted || performance.now() > until) throw new LeaseLost(`The lease ${name} is lost.`);
    },
    transaction: async (work) => {
      lease.check();
      return transaction(async (client) => {
        const rows = await run('lease.fence', fenceText, [name, token, `${leaseSeconds}s`], client);
        if (rows.length === 0) throw new LeaseLost(`The lease ${name} is held by another process.`);
        return work(client);
      });
    },
  };
  return { lease, end: () => clearInterval(timer) };
}

const logUnreleased = (error: Error) => log().warn({ reason: error.message }, 'A lease could not be released and will expire.');

const makeText = `INSERT INTO "Lease" (name, "expiresAt") VALUES ($1, 'epoch') ON CONFLICT DO NOTHING`;

// An open transaction of the holder locks the row, even after expiry. SKIP LOCKED passes over it instead of waiting.
const acquireText = `
  UPDATE "Lease" SET token = token + 1, holder = $2, "expiresAt" = clock_timestamp() + make_interval(secs => $3)
  WHERE name = (SELECT l.name FROM "Lease" l WHERE l.name = $1 AND l."expiresAt" <= clock_timestamp()
    AND (l."doneAt" IS NULL OR l."doneAt" <= clock_timestamp() - make_interval(secs => $4)) FOR UPDATE SKIP LOCKED)
  RETURNING token`;

const renewText = `
  UPDATE "Lease" SET "expiresAt" = clock_timestamp() + make_interval(secs => $3) WHERE name = $1 AND token = $2 RETURNING token`;

// KEY SHARE allows renewals, but conflicts with FOR UPDATE of a process that takes the lease over.
const fenceText = `
  WITH idle_timeout AS MATERIALIZED (SELECT set_config('idle_in_transaction_session_timeout', $3, true))
  SELECT 1 FROM idle_timeout, "Lease" l WHERE l.name = $1 AND l.token = $2 FOR KEY SHARE OF l`;

// Truncated to the column's milliseconds: rounding up would set an expiry in the future, when no process could take it yet.
// The new token keeps a renewal that is still in flight from extending the released lease.
const releaseText = `
  UPDATE "Lease" SET token = token + 1, "expiresAt" = date_trunc('milliseconds', clock_timestamp()), "doneAt" = CASE WHEN $3 THEN date_trunc('milliseconds', clock_timestamp()) ELSE "doneAt" END
  WHERE name = $1 AND token = $2`;
