import type pg from 'pg';
import type { ConversationRow, ParticipantRow } from '@/lib/domain/conversations/access';
import { correctAudiences, isAudienceStale } from '@/lib/domain/conversations/audience';
import { reservedTurns, type Turn, takeTurn } from '@/lib/domain/messages/announcement-order';
import { messagesChanged } from '@/lib/domain/messages/listeners';
import { readable } from '@/lib/domain/readable';
import { serialize } from '@/lib/platform/async/serialize';
import { run, transaction } from '@/lib/platform/db/sql';
import { notFound } from '@/lib/platform/errors/error';

/** The columns of a message that permission checks and changes need. */
export interface MessageRow {
  id: string;
  conversationId: string;
  seq: number;
  senderId: string;
  type: 'TEXT' | 'IMAGE' | 'FILE' | 'AUDIO' | 'VIDEO' | 'SYSTEM';
  deletedAt: Date | null;
  pinnedAt: Date | null;
}

export interface FoundMessage {
  message: MessageRow;
  conversation: Pick<ConversationRow, 'id' | 'kind' | 'visibility'>;
  participant: Pick<ParticipantRow, 'conversationId' | 'userId' | 'role' | 'lastReadSeq'>;
}

/**
 * The only way to get a message: through a conversation that the person is in now.
 * @param conversationId the conversation that the message must be in, if the caller names one
 * @throws NOT_FOUND also when the message is in another conversation
 */
export async function findMessageFor(
  userId: string,
  messageId: string,
  conversationId?: string,
  on?: pg.PoolClient,
): Promise<FoundMessage> {
  const [row] = await run<FoundRow>('messages.find', findText, [messageId, userId, conversationId ?? null], on);
  if (!row) throw notFound();
  const { kind, visibility, role, lastReadSeq, ...message } = row;
  return {
    message,
    conversation: { id: message.conversationId, kind, visibility },
    participant: { conversationId: message.conversationId, userId, role, lastReadSeq },
  };
}

/** A change that a verb makes to one message. */
interface MessageChange<Done, Answer> {
  /** throws to refuse the change; null when there is nothing to change: then no rev is taken */
  change: (client: pg.PoolClient, found: FoundMessage) => Promise<Done | null>;
  /** runs after the commit and returns the answer; events leave in the order of their revs */
  announce: (done: Done | null, found: FoundMessage) => Promise<Answer>;
}

/**
 * Changes one message under its conversation's lock. The message is read again after the lock is held, and the change takes the
 * next rev of the conversation.
 */
export async function changeMessageFor<Done, Answer>(
  userId: string,
  messageId: string,
  conversationId: string | undefined,
  { change, announce }: MessageChange<Done, Answer>,
): Promise<Answer> {
  const { conversation } = await findMessageFor(userId, messageId, conversationId);
  return serialize(conversation.id, async () => {
    const turns: Turn[] = [];
    try {
      const [done, found, memberRev] = await transaction(async (client) => {
        await run('messages.lock', lockText, [conversation.id], client);
        const found = await findMessageFor(userId, messageId, conversation.id, client);
        const done = await change(client, found);
        if (done === null) return [done, found, 0] as const;
        const { rev, memberRev } = await renumber(conversation.id, messageId, client);
        turns.push(takeTurn(conversation.id, rev));
        return [done, found, memberRev] as const;
      });
      await reservedTurns(conversation.id);
      await turns[0]?.before();
      if (isAudienceStale(conversation.id, memberRev)) await correctAudiences([conversation.id]);
      return await announce(done, found);
    } finally {
      turns[0]?.end();
      if (turns.length > 0) messagesChanged(conversation.id);
    }
  });
}

/** Gives a message the conversation's next rev. */
async function renumber(
  conversationId: string,
  messageId: string,
  client: pg.PoolClient,
): Promise<{ rev: number; memberRev: number }> {
  const [row] = await run<{ rev: number; memberRev: number }>(
    'messages.renumber',
    renumberText,
    [conversationId, messageId],
    client,
  );
  if (!row) throw new Error(`Message ${messageId} vanished under its conversation's lock.`);
  return row;
}

type FoundRow = MessageRow & Pick<ConversationRow, 'kind' | 'visibility'> & Pick<ParticipantRow, 'role' | 'lastReadSeq'>;

// A month that is being archived right now counts as archived: a change made now would be lost.
const findText = `
  SELECT m.id, m."conversationId", m.seq, m."senderId", m.type, m."deletedAt", c.kind, c.visibility, p.role, p."lastReadSeq",
    (SELECT n."createdAt" FROM "Pin" n WHERE n."messageId" = m.id) AS "pinnedAt"
  FROM "Message" m JOIN (${readable}) ON c.id = m."conversationId" AND p."userId" = $2
  WHERE m.id = $1 AND ($3::uuid IS NULL OR m."conversationId" = $3)
    AND NOT EXISTS (SELECT 1 FROM "Archive" a WHERE a.month = parley_month($1) AND a.state = 'CLOSING')`;

// One locked row must not hold a connection for long: after 2 s the answer is UNAVAILABLE.
const lockText = `
  WITH patience AS MATERIALIZED (SELECT set_config('lock_timeout', '2s', true))
  SELECT c.id FROM patience, "Conversation" c WHERE c.id = $1 FOR NO KEY UPDATE OF c`;

const renumberText = `
  WITH head AS (UPDATE "Conversation" SET "lastRev" = "lastRev" + 1 WHERE id = $1 RETURNING "lastRev", "memberRev"),
    feed AS (INSERT INTO "Change" SELECT $1, "lastRev", $2 FROM head)
  UPDATE "Message" m SET rev = head."lastRev" FROM head WHERE m.id = $2 RETURNING m.rev, head."memberRev"`;
