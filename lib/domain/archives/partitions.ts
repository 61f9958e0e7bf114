import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import { sqlState } from '@/lib/platform/db/failure';
import { run } from '@/lib/platform/db/sql';
import type { Lease } from '@/lib/platform/upkeep/lease';

export const monthPattern = /^\d{4}-(0[1-9]|1[0-2])$/;

/** Whoever waits for a strong lock makes everybody else wait behind: never for longer than this. */
const lockMs = 100;
const pauseMs = 400;
const tries = 25;
/** PostgreSQL ends a vacuum of its own that is in somebody's way when that one has waited for a second. */
const vacuumMs = 5_000;

/** Its name, quoted. */
export function partitionOf(month: string): string {
  if (!monthPattern.test(month)) throw new Error(`${month} is no month.`);
  return `"Message_${month.replace('-', '_')}"`;
}

// In the order in which messages are sent and changed: who sends holds the conversation first, and must then find the rest free.
// EXCLUSIVE: nobody is in the middle of it, and who comes next waits there, holding nothing.
const inOrder = `LOCK TABLE "Conversation" IN EXCLUSIVE MODE; LOCK TABLE "User" IN SHARE ROW EXCLUSIVE MODE`;

/**
 * Takes a month out of "Message"; nothing else may hang on it any more. Its table stays, under another name: to drop it takes locks
 * that nobody who sends would let us have together with these. (CONCURRENTLY is not to be had beside a default partition.)
 */
export async function detachPartition(client: pg.PoolClient, month: string, fileId: string): Promise<void> {
  const partition = partitionOf(month);
  await whenFree(client, async () => {
    await client.query(`${inOrder}; ALTER TABLE "Message" DETACH PARTITION ${partition}`);
    await client.query(`ALTER TABLE ${partition} RENAME TO "Archived_${fileId}"`);
  });
}

/** Makes a month's partition, if there is none, and makes nobody wait for it. */
export async function attachPartition(client: pg.PoolClient, month: string): Promise<void> {
  await whenFree(client, async () => {
    await client.query(inOrder);
    await run('archives.partition', partitionText, [month], client);
  });
}

const partitionText = `
  SELECT parley_make_partitions(m, m) FROM (SELECT to_date($1, 'YYYY-MM')::timestamp AT TIME ZONE 'UTC') AS u(m)`;

/** Drops what detachPartition has left, also of a run that broke off. */
export async function dropDetached(lease: Lease): Promise<void> {
  const names = await run<{ name: string }>('archives.detached', detachedText, []);
  for (const { name } of names)
    await lease.transaction((client) =>
      whenFree(client, () => client.query(`LOCK TABLE "Conversation", "User" IN ACCESS EXCLUSIVE MODE; DROP TABLE "${name}"`)),
    );
}

const detachedText = `
  SELECT c.relname AS name FROM pg_class c
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname ~ '^Archived_[0-9a-f-]{36}$'`;

/** From here to the end of the transaction no vacuum begins on these tables, and one under way ends; nobody else is in the way. */
export async function keepVacuumOut(client: pg.PoolClient, tables: string[]): Promise<void> {
  await client.query(`SET LOCAL lock_timeout = ${vacuumMs}; LOCK TABLE ${tables.join(', ')} IN SHARE UPDATE EXCLUSIVE MODE`);
}

/** Does what needs a strong lock, when it is to be had at once; steps back and tries again when somebody is in the way. */
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
