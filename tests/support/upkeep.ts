import { purgeOrphans } from '@/lib/domain/attachments/upkeep';
import { type Lease, withLease } from '@/lib/platform/upkeep/lease';
import { upkeepLease } from '@/lib/platform/upkeep/upkeep';

/** Runs work with the lease that only the upkeep holds. */
export async function asUpkeep(work: (lease: Lease) => Promise<void>): Promise<void> {
  if (!(await withLease(upkeepLease, 0, work))) throw new Error('Somebody else has the lease.');
}

/** Runs the clean-up of uploads at that time. */
export const purge = (now?: Date) => asUpkeep((lease) => purgeOrphans(lease, now));
