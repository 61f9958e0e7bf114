import type pg from 'pg';
import { run } from '@/lib/platform/db/sql';

/**
 * Only one transaction at a time writes to the index. Otherwise a message that was read before its deletion could be written
 * after another transaction had removed it.
 */
export async function indexAlone(client: pg.PoolClient): Promise<void> {
  await run('search.alone', "SELECT pg_advisory_xact_lock(hashtext('search.index'))", [], client);
}
