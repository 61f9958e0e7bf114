import type pg from 'pg';
import { keepVacuumOut, partitionOf, whenFree } from '@/lib/domain/archives/partitions';
import { run } from '@/lib/platform/db/sql';
import type { Lease } from '@/lib/platform/upkeep/lease';

/** A range of ids, from the first to before the second. */
export interface Bounds {
  since: string;
  until: string;
}

/**
 * The months that ended at least this many months ago, oldest first. Restored months are left out until their time is over. So
 * are archived months with a partition: somebody is restoring them, or did not finish.
 */
export async function monthsBefore(retention: number): Promise<string[]> {
  const rows = await run<{ month: string }>('archives.due', dueText, [retention]);
  return rows.map(({ month }) => month);
}

const dueText = `
  SELECT p.month FROM (
    SELECT replace(substr(c.relname, 9), '_', '-') AS month FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = '"Message"'::regclass AND c.relname ~ '^Message_[0-9]{4}_[0-9]{2}$') p
  LEFT JOIN "Archive" a ON a.month = p.month
  WHERE (to_date(p.month, 'YYYY-MM') + interval '1 month') AT TIME ZONE 'UTC' <= now() - make_interval(months => $1)
    AND (a.month IS NULL OR a.state = 'CLOSING' OR (a.state = 'RESTORED' AND a."keepUntil" <= now()))
  ORDER BY p.month`;

export async function boundsOf(month: string, client?: pg.PoolClient): Promise<Bounds> {
  const [bounds] = await run<Bounds>('archives.bounds', boundsText, [month], client);
  if (!bounds) throw new Error(`No bounds of ${month}.`);
  return bounds;
}

const boundsText = `
  SELECT parley_floor(to_date($1, 'YYYY-MM')::timestamp AT TIME ZONE 'UTC') AS since,
    parley_floor((to_date($1, 'YYYY-MM') + interval '1 month') AT TIME ZONE 'UTC') AS until`;

/**
 * Closes a month to changes of its messages, and waits for running changes.
 * @param fileId the future file, which the clean-up of the file store ignores from now on
 */
export async function closeMonth(lease: Lease, month: string, fileId: string): Promise<void> {
  await lease.transaction(async (client) => {
    await keepVacuumOut(client, [partitionOf(month)]);
    const [row] = await whenFree(client, () =>
      run<{ closed: boolean }>('archives.close', 'SELECT parley_close_month($1, $2) AS closed', [month, fileId], client),
    );
    if (!row?.closed) throw new Error(`The month ${month} is archived already.`);
  });
}

/** Reopens a month for changes. It does nothing when the month has been archived after all, or another run is archiving it. */
export async function reopenMonth(lease: Lease, month: string, fileId?: string): Promise<void> {
  await lease.transaction((client) => run('archives.reopen', reopenText, [month, fileId ?? null], client));
}

const reopenText = `DELETE FROM "Archive" WHERE month = $1 AND state = 'CLOSING' AND ($2::uuid IS NULL OR "fileId" = $2)`;

/** The months whose archiving was interrupted. */
export async function closedMonths(): Promise<string[]> {
  const rows = await run<{ month: string }>('archives.closed', closedText, []);
  return rows.map(({ month }) => month);
}

const closedText = `SELECT month FROM "Archive" WHERE state = 'CLOSING'`;
