import type { ChangesPage } from '@/lib/domain/conversations/schema';
import { shapeConversation } from '@/lib/domain/conversations/shape';
import { shapeMessages } from '@/lib/domain/messages/shape';
import { readable } from '@/lib/domain/readable';
import { run } from '@/lib/platform/db/sql';
import { notFound } from '@/lib/platform/errors/error';

/** A client that missed more changes than this reloads the newest page instead. */
const maxChanges = 1_000;

/**
 * The messages that changed after a rev, each in its present state, in the order of their latest changes.
 * @throws NOT_FOUND
 */
export async function listChanges(
  userId: string,
  conversationId: string,
  { since, limit }: { since: number; limit: number },
): Promise<ChangesPage> {
  const feed = await run<FeedRow>('messages.feed', feedText, [conversationId, since, limit, userId]);
  const [first] = feed;
  if (!first) throw notFound();
  // The feed cannot say what happened to a message that has since been archived, for example that it was deleted.
  const reset = mustReset(first, since) || feed.some((row) => row.archived);
  const rev = reset ? first.head : (feed.at(-1)?.rev ?? since);
  // A row without an id is superseded by a later rev in the feed.
  const ids = reset ? [] : feed.flatMap((row) => row.id ?? []);
  const [messages, conversation] = await Promise.all([shapeMessages(ids, userId), shapeConversation(conversationId, userId)]);
  return { messages, rev, more: rev < first.head, reset, conversation };
}

/**
 * Whether the client is too far behind, ahead of the head, or before the oldest kept change. Every change has a row, so the next
 * one must exist.
 */
function mustReset({ head, rev }: FeedRow, since: number): boolean {
  return since > head || head - since > maxChanges || (since < head && rev !== since + 1);
}

interface FeedRow {
  head: number;
  /** null when nothing changed after `since` */
  rev: number | null;
  id: string | null;
  /** the message has been archived */
  archived: boolean;
}

// One statement, so that header and rows share a snapshot. With two, a change committed between them would be skipped
// permanently.
const feedText = `
  SELECT c."lastRev" AS head, x.rev, CASE WHEN m.rev = x.rev THEN m.id END AS id, x.rev IS NOT NULL AND m.id IS NULL AS archived
  FROM ${readable}
  LEFT JOIN LATERAL (
    SELECT h.rev, h."messageId" FROM "Change" h WHERE h."conversationId" = c.id AND h.rev > $2 ORDER BY h.rev LIMIT $3
  ) x ON true
  LEFT JOIN LATERAL (SELECT m.id, m.rev FROM "Message" m WHERE m.id = x."messageId" OFFSET 0) m ON true
  WHERE c.id = $1 AND p."userId" = $4 ORDER BY x.rev`;
