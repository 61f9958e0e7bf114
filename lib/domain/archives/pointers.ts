import { boundsOf } from '@/lib/domain/archives/months';
import { run } from '@/lib/platform/db/sql';
import type { Lease } from '@/lib/platform/upkeep/lease';

/**
 * Moves read watermarks before the end of the month to its end, because messages that nobody can see are not unread. They cannot
 * move back. There is one transaction per conversation, so that senders wait only briefly. Repeated, it changes nothing.
 */
export async function movePointers(lease: Lease, month: string): Promise<void> {
  const { since, until } = await boundsOf(month);
  const ends = await run<{ id: string; seq: number }>('archives.ends', endsText, [since, until]);
  for (const { id, seq } of ends)
    await lease.transaction(async (client) => {
      await run('archives.end', endText, [id, seq], client);
      await run('archives.pointers', pointersText, [id, seq], client);
    });
}

const endsText = `
  SELECT m."conversationId" AS id, max(m.seq) AS seq FROM "Message" m WHERE m.id >= $1 AND m.id < $2 GROUP BY 1 ORDER BY 1`;

const endText = `UPDATE "Conversation" SET "archivedSeq" = greatest("archivedSeq", $2) WHERE id = $1`;

// Under the conversation's lock and in the order of the people, as in parley_send. Own messages after the watermark's new place
// stay counted apart; earlier ones are among the messages that still exist.
const pointersText = `
  WITH behind AS MATERIALIZED (
    SELECT p."userId" FROM "Participant" p WHERE p."conversationId" = $1 AND p."lastReadSeq" < $2
    ORDER BY p."userId" FOR NO KEY UPDATE)
  UPDATE "Participant" p SET "lastReadSeq" = $2, "lastDeliveredSeq" = greatest(p."lastDeliveredSeq", $2),
    "ownSinceRead" = CASE WHEN p."ownSinceRead" = 0 THEN 0 ELSE p."ownSinceRead" - (
      SELECT count(*) FROM "Message" m WHERE m."conversationId" = $1 AND m."senderId" = p."userId" AND m.type <> 'SYSTEM'
        AND m.seq > p."lastReadSeq" AND m.seq <= $2) END
  FROM behind b WHERE p."conversationId" = $1 AND p."userId" = b."userId" AND p."lastReadSeq" < $2`;
