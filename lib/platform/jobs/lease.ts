import { hostname } from 'node:os';
import type pg from 'pg';
import { run, transaction } from '@/lib/platform/db/sql';
import { log } from '@/lib/platform/log/log';

/** A holder that says nothing for so long is taken for dead. It says something three times in that time. */
export const leaseSeconds = 30;

/** Work that one process does at a time, whatever becomes of the others. */
export interface Lease {
  /**
   * Runs work in one transaction, which commits only while the lease is this holder's: until it ends nobody else gets the lease,
   * and of who has lost it nothing is stored. A transaction that is left idle is ended by PostgreSQL.
   * @throws LeaseLost
   */
  transaction<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result>;
  /** Before what is no transaction. @throws LeaseLost */
  check(): void;
}

export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/**
 * Does work under the lease of that name.
 * @param restSeconds leaves it out when somebody has done it to its end within so many seconds
 * @param stop ends the work at its next step
 * @returns whether it was this process's turn; what the work throws is thrown
 */
export async function withLease(
  name: string,
  restSeconds: number,
  work: (lease: Lease) => Promise<void>,
  stop?: AbortSignal,
): Promise<boolean> {
  const asked = performance.now();
  const token = await acquire(name, restSeconds);
  if (token === null) return false;
  const held = hold(name, token, asked, stop);
  let done = false;
  try {
    await work(held.lease);
    done = true;
  } finally {
    held.end();
    await run('lease_release', releaseText, [name, token, done]).catch(unreleased);
  }
  return true;
}

async function acquire(name: string, restSeconds: number): Promise<number | null> {
  await run('lease_make', makeText, [name]);
  const values = [name, `${hostname()}:${process.pid}`, leaseSeconds, restSeconds];
  const [row] = await run<{ token: number }>('lease_acquire', acquireText, values);
  return row?.token ?? null;
}

function hold(name: string, token: number, since: number, stop?: AbortSignal) {
  // By this machine's own clock, from before the question left: PostgreSQL counts from later on.
  let until = since + leaseSeconds * 1_000;
  const renew = async () => {
    const asked = performance.now();
    const rows = await run('lease_renew', renewText, [name, token, leaseSeconds]);
    until = rows.length > 0 ? asked + leaseSeconds * 1_000 : 0;
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
        const rows = await run('lease_fence', fenceText, [name, token, `${leaseSeconds}s`], client);
        if (rows.length === 0) throw new LeaseLost(`The lease ${name} is somebody else's.`);
        return work(client);
      });
    },
  };
  return { lease, end: () => clearInterval(timer) };
}

const unreleased = (error: Error) => log().warn({ reason: error.message }, 'A lease was left to run out.');

const makeText = `INSERT INTO "Lease" (name, "expiresAt") VALUES ($1, 'epoch') ON CONFLICT DO NOTHING`;

// Whose transaction is still open holds the row, whatever the clock says: it is passed over, not waited for.
const acquireText = `
  UPDATE "Lease" SET token = token + 1, holder = $2, "expiresAt" = clock_timestamp() + make_interval(secs => $3)
  WHERE name = (SELECT l.name FROM "Lease" l WHERE l.name = $1 AND l."expiresAt" <= clock_timestamp()
    AND (l."doneAt" IS NULL OR l."doneAt" <= clock_timestamp() - make_interval(secs => $4)) FOR UPDATE SKIP LOCKED)
  RETURNING token`;

const renewText = `
  UPDATE "Lease" SET "expiresAt" = clock_timestamp() + make_interval(secs => $3) WHERE name = $1 AND token = $2 RETURNING token`;

// KEY SHARE goes together with renewing, and keeps out who takes the lease over (FOR UPDATE).
const fenceText = `
  WITH patience AS MATERIALIZED (SELECT set_config('idle_in_transaction_session_timeout', $3, true))
  SELECT 1 FROM patience, "Lease" l WHERE l.name = $1 AND l.token = $2 FOR KEY SHARE OF l`;

// Cut to the column's milliseconds, which would round half of the times up: into a future in which nobody could take it.
// Another token, or a renewal that is still on its way would hold it for a dead while.
const releaseText = `
  UPDATE "Lease" SET token = token + 1, "expiresAt" = date_trunc('milliseconds', clock_timestamp()), "doneAt" = CASE WHEN $3 THEN date_trunc('milliseconds', clock_timestamp()) ELSE "doneAt" END
  WHERE name = $1 AND token = $2`;
