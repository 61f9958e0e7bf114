import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import { sqlState } from '@/lib/platform/db/failure';
import { run } from '@/lib/platform/db/sql';
import type { Lease } from '@/lib/platform/upkeep/lease';

export const monthPattern = /^\d{4}-(0[1-9]|1[0-2])$/;

/** A transaction that waits for a strong lock blocks all later ones, so it never waits longer than this. */
const lockMs = 100;
const pauseMs = 400;
const tries = 25;
/** PostgreSQL cancels an autovacuum when another transaction has waited for it for a second. */
const vacuumMs = 5_000;

/** The partition's name, quoted. */
export function partitionOf(month: string): string {
  if (!monthPattern.test(month)) throw new Error(`${month} is no month.`);
  return `"Message_${month.replace('-', '_')}"`;
}

// In the order of sends and changes: a sender locks the conversation first, and must then find the other tables free. EXCLUSIVE
// waits for running transactions; later ones wait here without holding a lock.
const inOrder = `LOCK TABLE "Conversation" IN EXCLUSIVE MODE; LOCK TABLE "User" IN SHARE ROW EXCLUSIVE MODE`;

/**
 * Detaches a month from "Message"; no other rows may refer to it. Its table stays under another name: dropping it needs more
 * locks, which are never free at the same time as these. (CONCURRENTLY does not work beside a default partition.)
 */
export async function detachPartition(client: pg.PoolClient, month: string, fileId: string): Promise<void> {
  const partition = partitionOf(month);
  await whenFree(client, async () => {
    await client.query(`${inOrder}; ALTER TABLE "Message" DETACH PARTITION ${partition}`);
    await client.query(`ALTER TABLE ${partition} RENAME TO "Archived_${fileId}"`);
  });
}

/** Creates a month's partition if there is none, without blocking other transactions. */
export async function attachPartition(client: pg.PoolClient, month: string): Promise<void> {
  await whenFree(client, async () => {
    await client.query(inOrder);
    await run('archives.partition', partitionText, [month], client);
  });
}

const partitionText = `
  SELECT parley_make_partitions(m, m) FROM (SELECT to_date($1, 'YYYY-MM')::timestamp AT TIME ZONE 'UTC') AS u(m)`;

/** Drops the tables that detachPartition left, also those of an interrupted run, and the search partitions of their months. */
export async function dropDetached(lease: Lease): Promise<void> {
  const drop = (text: string) => lease.transaction((client) => whenFree(client, () => client.query(text)));
  for (const { name } of await run<{ name: string }>('archives.detached', detachedText, []))
    await drop(`LOCK TABLE "Conversation", "User" IN ACCESS EXCLUSIVE MODE; DROP TABLE "${name}"`);
  for (const { name } of await run<{ name: string }>('archives.detached.search', detachedSearchText, []))
    await drop(`DROP TABLE "${name}"`);
}

const detachedText = `
  SELECT c.relname AS name FROM pg_class c
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname ~ '^Archived_[0-9a-f-]{36}$'`;

// It is empty by then.
const detachedSearchText = `
  SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
  WHERE i.inhparent = '"MessageSearch"'::regclass AND c.relname ~ '^MessageSearch_[0-9]{4}_[0-9]{2}$'
    AND to_regclass(format('%I', replace(c.relname, 'MessageSearch_', 'Message_'))) IS NULL`;

/** Keeps autovacuum off these tables until the transaction ends, and cancels a running one, without blocking other transactions. */
export async function keepVacuumOut(client: pg.PoolClient, tables: string[]): Promise<void> {
  await client.query(`SET LOCAL lock_timeout = ${vacuumMs}; LOCK TABLE ${tables.join(', ')} IN SHARE UPDATE EXCLUSIVE MODE`);
}

/** Runs work that needs a strong lock when the lock is free. Otherwise it rolls back and tries again later. */
export async function whenFree<Result>(client: pg.PoolClient, work: () => Promise<Result>): Promise<Result> {
  for (let left = tries; ; left -= 1) {
    await client.query(`SAVEPOINT waiting; SET LOCAL lock_timeout = ${lockMs}`);
    try {
      const result = await work();
      await client.query('RELEASE SAVEPOINT waiting');
      return result;
    } catch (error) {
      if (sqlState(error) !== '55P03' || left === 0) throw error;
      await client.query('ROLLBACK TO SAVEPOINT waiting');
      await wait(pauseMs);
    }
  }
}
