import type pg from 'pg';
import { archivedMonths, type ConversationRow, findConversationFor } from '@/lib/domain/conversations/access';
import { latestPages } from '@/lib/domain/messages/latest-page';
import { readPage } from '@/lib/domain/messages/pagination';
import { personalizePage } from '@/lib/domain/messages/personalize';
import type { HistoryQuery, MessagePage } from '@/lib/domain/messages/schema';
import { readFromReplica } from '@/lib/platform/db/replica';
import { run } from '@/lib/platform/db/sql';
import { notFound } from '@/lib/platform/errors/error';

/**
 * A page of a conversation's messages, oldest first: before, after or around one of them, or the newest. Access and the current
 * rev are read from the primary. A page from the cache or a replica is used only if it shows exactly that rev.
 * @throws NOT_FOUND when this person cannot read the conversation, or the named message is not in it
 */
export async function listMessages(userId: string, conversationId: string, query: HistoryQuery): Promise<MessagePage> {
  const { conversation } = await findConversationFor(userId, conversationId);
  const elsewhere = (await latestPages().find(conversation, query)) ?? (await replicatedPage(conversation, query));
  if (elsewhere) return personalizePage(elsewhere, userId);
  const page = await readPage(conversationId, query, userId);
  if (!page) throw notFound();
  void latestPages().keep(conversation, query, page);
  return page;
}

async function replicatedPage(conversation: ConversationRow, query: HistoryQuery): Promise<MessagePage | null> {
  const page = await readFromReplica(async (client) =>
    (await isAt(conversation, client)) ? readPage(conversation.id, query, null, client) : null,
  );
  if (page) void latestPages().keep(conversation, query, page, true);
  return page;
}

/**
 * Whether this server has the same state of the conversation that the primary showed. Everything a reader wrote or received was
 * committed on the primary before the request, and every change of a message takes a `rev` in its own transaction. So the same
 * header and the same archived months in one snapshot mean the same messages. The newest message's id distinguishes histories
 * that count the same revs, as after a restored backup.
 */
async function isAt(
  { id, lastRev, lastSeq, lastMessageId, archived }: ConversationRow,
  client: pg.PoolClient,
): Promise<boolean> {
  const rows = await run('messages.history.at', isAtText, [id, lastRev, lastSeq, lastMessageId, archived], client);
  return rows.length > 0;
}

const isAtText = `
  SELECT 1 FROM "Conversation" c WHERE c.id = $1 AND c."lastRev" = $2 AND c."lastSeq" = $3 AND c."lastMessageId" IS NOT DISTINCT FROM $4
    AND ${archivedMonths} = $5`;
