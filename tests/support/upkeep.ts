import { purgeOrphans } from '@/lib/domain/attachments/upkeep';
import { type Lease, withLease } from '@/lib/platform/upkeep/lease';
import { upkeepLease } from '@/lib/platform/upkeep/upkeep';

/** Does what only the upkeep may, as it does. */
export async function asUpkeep(work: (lease: Lease) => Promise<void>): Promise<void> {
  if (!(await withLease(upkeepLease, 0, work))) throw new Error('Somebody else has the lease.');
}

/** The clean-up of uploads, as if it were that late. */
export const purge = (now?: Date) => asUpkeep((lease) => purgeOrphans(lease, now));
