import type pg from 'pg';
import { isIn } from '@/lib/domain/readable';
import { run } from '@/lib/platform/db/sql';
import { handlesIn } from '@/lib/platform/text/handles';

/** A text in which to find mentions. */
export interface Mentioning {
  content: string;
  conversationId: string;
  authorId: string;
}

/**
 * The people that a text mentions: its `@handle`s that belong to current participants. The author is left out, because one's own
 * messages are never news.
 * @returns user ids, in order
 */
export async function mentionedIn(
  content: string,
  conversationId: string,
  authorId: string,
  on?: pg.PoolClient,
): Promise<string[]> {
  const [mentioned = []] = await mentionedInEach([{ content, conversationId, authorId }], on);
  return mentioned;
}

/** The mentions of several texts, in one statement; without a statement when no text has an `@`. */
export async function mentionedInEach(texts: Mentioning[], on?: pg.PoolClient): Promise<string[][]> {
  const mentioned: string[][] = texts.map(() => []);
  const asked = texts.flatMap((text, index) => handlesIn(text.content).map((handle) => ({ ...text, index, handle })));
  if (asked.length === 0) return mentioned;
  const rows = await run<{ index: number; id: string }>(
    'messages.mentioned',
    mentionedText,
    [
      asked.map(({ index }) => index),
      asked.map(({ conversationId }) => conversationId),
      asked.map(({ handle }) => handle),
      asked.map(({ authorId }) => authorId),
    ],
    on,
  );
  for (const { index, id } of rows) mentioned[index]?.push(id);
  return mentioned;
}

/**
 * Replaces a message's mentions.
 * @returns the people who are newly mentioned or no longer mentioned
 */
export async function replaceMentions(
  message: { id: string; conversationId: string; seq: number },
  userIds: string[],
  client: pg.PoolClient,
): Promise<string[]> {
  const rows = await run<{ userId: string }>(
    'messages.mentions.replace',
    replaceText,
    [message.id, message.conversationId, message.seq, userIds],
    client,
  );
  return rows.map((row) => row.userId);
}

const mentionedText = `
  SELECT k.index, u.id FROM unnest($1::int[], $2::uuid[], $3::text[], $4::uuid[]) AS k(index, conversation, handle, author)
  JOIN "User" u ON u.handle = k.handle AND u.id <> k.author
  JOIN "Participant" p ON p."conversationId" = k.conversation AND p."userId" = u.id AND ${isIn()}
  ORDER BY k.index, u.id`;

const replaceText = `
  WITH gone AS (DELETE FROM "Mention" WHERE "messageId" = $1 AND "userId" <> ALL ($4::uuid[]) RETURNING "userId"),
    come AS (INSERT INTO "Mention" ("messageId", "userId", "conversationId", seq)
      SELECT $1, u.id, $2, $3 FROM unnest($4::uuid[]) AS u(id) ON CONFLICT DO NOTHING RETURNING "userId")
  SELECT "userId" FROM gone UNION ALL SELECT "userId" FROM come`;
