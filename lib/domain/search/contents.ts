import { findConversationFor } from '@/lib/domain/conversations/access';
import { shapeMessages } from '@/lib/domain/messages/shape';
import { everything } from '@/lib/domain/search/filters';
import { findNewest } from '@/lib/domain/search/find';
import { fileKindOf, hasLexeme, quoted } from '@/lib/domain/search/lexemes';
import type { FilesAnswer, FilesInput, LinksAnswer, LinksInput } from '@/lib/domain/search/schema';
import { decodeCursor, encodeCursor, isId } from '@/lib/platform/paging/cursor';
import { linksIn } from '@/lib/platform/text/search/links';

/**
 * The files of a conversation, newest message first; those of one message are on the same page.
 * @throws NOT_FOUND
 */
export async function listFiles(
  userId: string,
  conversationId: string,
  { kind, cursor, limit }: FilesInput,
): Promise<FilesAnswer> {
  const { messages, nextCursor } = await messagesWith(userId, conversationId, hasLexeme(kind ?? 'any'), cursor, limit);
  const files = messages.flatMap((message) =>
    message.attachments
      .filter(({ mimeType }) => !kind || fileKindOf(mimeType) === kind)
      .map((attachment) => ({ attachment, message })),
  );
  return { files, nextCursor };
}

/**
 * The web addresses that messages of a conversation link to, newest message first.
 * @throws NOT_FOUND
 */
export async function listLinks(userId: string, conversationId: string, { cursor, limit }: LinksInput): Promise<LinksAnswer> {
  const { messages, nextCursor } = await messagesWith(userId, conversationId, hasLexeme('link'), cursor, limit);
  return { links: messages.flatMap((message) => linksIn(message.content).map((url) => ({ url, message }))), nextCursor };
}

async function messagesWith(userId: string, conversationId: string, lexeme: string, cursor: string | undefined, limit: number) {
  await findConversationFor(userId, conversationId);
  const [until = everything.until] = cursor === undefined ? [] : decodeCursor(cursor, isId);
  const filters = { ...everything, conversationIds: [conversationId], until: String(until) };
  const { ids, more } = await findNewest(userId, { tsquery: quoted(lexeme), ranking: null, filters }, limit);
  const last = ids.at(-1);
  return { messages: await shapeMessages(ids, userId), nextCursor: more && last ? encodeCursor([last]) : null };
}
