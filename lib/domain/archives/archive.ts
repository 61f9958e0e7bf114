import { randomUUID } from 'node:crypto';
import { closedMonths, closeMonth, monthsBefore, reopenMonth } from '@/lib/domain/archives/months';
import { dropDetached } from '@/lib/domain/archives/partitions';
import { movePointers } from '@/lib/domain/archives/pointers';
import { removeMonth } from '@/lib/domain/archives/removal';
import { storeMonth, verifyFile } from '@/lib/domain/archives/writing';
import { run } from '@/lib/platform/db/sql';
import { env } from '@/lib/platform/env/env';
import { log } from '@/lib/platform/log/log';
import type { Lease } from '@/lib/platform/upkeep/lease';

export { ArchiveRefusal, type Restored, restoreMonth } from '@/lib/domain/archives/restoring';

/** The finished steps of archiving a month. Until `removed`, the database has the whole month and remains authoritative. */
export type Step = 'closed' | 'stored' | 'verified' | 'pointers' | 'removed';

/**
 * Moves the months that are older than RETENTION_MONTHS to the file store, oldest first. A month that an earlier run did not
 * finish starts again. A month that is no longer to be archived, because the setting changed, is reopened. Detached tables are
 * dropped last, because nothing depends on that.
 */
export async function archiveOldMonths(lease: Lease, months = env().RETENTION_MONTHS): Promise<void> {
  const due = months > 0 ? await monthsBefore(months) : [];
  for (const month of await closedMonths()) if (!due.includes(month)) await reopenMonth(lease, month);
  for (const month of due) await archiveMonth(lease, month);
  await dropDetached(lease);
}

/**
 * Moves one month to the file store (docs/decisions/013). The process may stop at any point, and the month then starts again:
 * only the last step, one transaction, removes anything.
 * @param reached runs after each step, before the next one
 */
export async function archiveMonth(
  lease: Lease,
  month: string,
  reached: (step: Step) => void | Promise<void> = () => {},
): Promise<void> {
  const fileId = randomUUID();
  await closeMonth(lease, month, fileId);
  try {
    await reached('closed');
    const written = await storeMonth(month, fileId);
    await reached('stored');
    await verifyFile(fileId, written);
    await reached('verified');
    await movePointers(lease, month);
    await reached('pointers');
    await removeMonth(lease, month, fileId, written);
    await reached('removed');
    log().info({ month, messages: written.counts.Message, bytes: written.size }, 'A month was archived.');
  } catch (error) {
    await reopenMonth(lease, month, fileId).catch((reason: Error) =>
      log().warn({ month, reason: reason.message }, 'A month stays closed until its archiving is tried again.'),
    );
    throw error;
  }
}

export interface ArchiveRow {
  month: string;
  state: 'CLOSING' | 'ARCHIVED' | 'RESTORED';
  fileId: string;
  sha256: string | null;
  /** bytes */
  size: string | null;
  messages: number;
  attachments: number;
  reactions: number;
  mentions: number;
  pins: number;
  archivedAt: Date | null;
  keepUntil: Date | null;
}

/** Every month that is or was archived, oldest first. */
export function listArchives(): Promise<ArchiveRow[]> {
  return run<ArchiveRow>('archives.list', 'SELECT * FROM "Archive" ORDER BY month', []);
}
