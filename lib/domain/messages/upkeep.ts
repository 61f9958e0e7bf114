import { pool } from '@/lib/platform/db/pool';
import type { Lease } from '@/lib/platform/upkeep/lease';
import { attemptTask, inSlices, runUnderLease, type UpkeepTask } from '@/lib/platform/upkeep/upkeep';

/** The time during which a client's retry is recognised. */
const retryDays = 7;
/** A client that missed more changes of a conversation than this reloads it anyway. */
const keptChanges = 1_000;

export const messageUpkeep: UpkeepTask[] = [
  ['partitions', (lease) => runUnderLease(lease, partitionsText)],
  ['client ids', pruneClientMessageIds],
  ['changes', pruneChanges],
];

/** Creates the partitions of the coming months. Every process does so before it accepts writes; existing ones are left alone. */
export async function preparePartitions(): Promise<void> {
  await attemptTask('partitions', () => pool().query(partitionsText));
}

function pruneClientMessageIds(lease: Lease): Promise<void> {
  return inSlices(lease, pruneSentText, retryDays);
}

function pruneChanges(lease: Lease): Promise<void> {
  return inSlices(lease, pruneChangesText, keptChanges);
}

// Several months ahead, so that a clock that jumps still finds its partition.
const partitionsText = "SELECT parley_make_partitions(now() - interval '1 month', now() + interval '6 months')";

const pruneSentText = `
  DELETE FROM "Sent" WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM "Sent" WHERE "messageId" < parley_floor(now() - make_interval(days => $1)) LIMIT $2))`;

// By number and not by age: an edit of an old message is a new change, and the feed must not have a gap.
const pruneChangesText = `
  DELETE FROM "Change" WHERE ctid = ANY (ARRAY(
    SELECT h.ctid FROM "Conversation" c JOIN "Change" h ON h."conversationId" = c.id AND h.rev <= c."lastRev" - $1
    WHERE c."lastRev" > $1 LIMIT $2))`;
