import { run } from '@/lib/platform/db/sql';
import type { Lease } from '@/lib/platform/upkeep/lease';
import { inSlices, runUnderLease, type UpkeepTask } from '@/lib/platform/upkeep/upkeep';

/** The time during which a deleted conversation can be restored. */
const keptDays = 30;

export const conversationUpkeep: UpkeepTask[] = [['conversations', purgeDeleted]];

// Messages are deleted first and in slices: one cascade over a long history would hold its locks for minutes.
async function purgeDeleted(lease: Lease): Promise<void> {
  for (const { id } of await run<{ id: string }>('conversations.deleted', deletedText, [keptDays])) {
    await inSlices(lease, purgeMessagesText, id);
    for (const text of purgeTexts) await runUnderLease(lease, text, [id]);
  }
}

const deletedText = `SELECT id FROM "Conversation" WHERE "deletedAt" < now() - make_interval(days => $1)`;

const purgeMessagesText =
  'DELETE FROM "Message" WHERE id = ANY (ARRAY(SELECT id FROM "Message" WHERE "conversationId" = $1 LIMIT $2))';

const purgeTexts = [
  'DELETE FROM "Change" WHERE "conversationId" = $1',
  'DELETE FROM "Sent" WHERE "conversationId" = $1',
  'DELETE FROM "Conversation" WHERE id = $1',
];
