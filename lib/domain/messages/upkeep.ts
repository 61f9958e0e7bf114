import { pool } from '@/lib/platform/db/pool';
import type { Lease } from '@/lib/platform/upkeep/lease';
import { attemptTask, inSlices, runUnderLease, type UpkeepTask } from '@/lib/platform/upkeep/upkeep';

/** How long a client's retry is still recognised. */
const retryDays = 7;
/** A client that missed more of a conversation's changes than this starts over anyway. */
const keptChanges = 1_000;

export const messageUpkeep: UpkeepTask[] = [
  ['partitions', (lease) => runUnderLease(lease, partitionsText)],
  ['client ids', pruneClientMessageIds],
  ['changes', pruneChanges],
];

/** Makes the partitions of the coming months. Every process does so before it takes writes; existing ones are left alone. */
export async function preparePartitions(): Promise<void> {
  await attemptTask('partitions', () => pool().query(partitionsText));
}

function pruneClientMessageIds(lease: Lease): Promise<void> {
  return inSlices(lease, pruneSentText, retryDays);
}

function pruneChanges(lease: Lease): Promise<void> {
  return inSlices(lease, pruneChangesText, keptChanges);
}

// Several months ahead: a clock that jumps must find its partition.
const partitionsText = "SELECT parley_make_partitions(now() - interval '1 month', now() + interval '6 months')";

const pruneSentText = `
  DELETE FROM "Sent" WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM "Sent" WHERE "messageId" < parley_floor(now() - make_interval(days => $1)) LIMIT $2))`;

// By number and not by age: a change of an old message is a new change, and the feed must have no hole.
const pruneChangesText = `
  DELETE FROM "Change" WHERE ctid = ANY (ARRAY(
    SELECT h.ctid FROM "Conversation" c JOIN "Change" h ON h."conversationId" = c.id AND h.rev <= c."lastRev" - $1
    WHERE c."lastRev" > $1 LIMIT $2))`;
