import { type AttachmentRow, toAttachment } from '@/lib/domain/attachments/shape';
import type { EmptyParts } from '@/lib/domain/messages/empty-parts';
import type { Message, Quote } from '@/lib/domain/messages/schema';
import type { Reaction } from '@/lib/domain/reactions/schema';
import { type SenderRow, senderJson, toSender } from '@/lib/domain/users/shape';

/** A part of a message from another table. Its value on a message without it is in `emptyParts` (empty-parts.ts). */
interface Part<Row, Value> {
  /** the SQL of one column, for the message `m`. The reader is `$2`, null in events to everybody */
  column: string;
  /** @param row the value of the column */
  toWire: (row: Row) => Value;
  /** DELETE statements that run when the message `$1` is deleted; `RETURNING id` returns attachments whose files must go */
  onDelete?: string;
}

const part = <Row, Value>(one: Part<Row, Value>) => one;

/**
 * The parts of every message that is read. A new part needs an entry here, its schema in `messageSchema` and its empty value in
 * `emptyParts`. Columns are subqueries, not joins: each is an index lookup that prunes to one partition, whatever the planner
 * estimates.
 */
export const messageParts = {
  mentions: part({
    column: `ARRAY(SELECT n."userId" FROM "Mention" n WHERE n."messageId" = m.id ORDER BY n."userId")`,
    toWire: (ids: string[]) => ids,
  }),
  replyTo: part({
    column: `(SELECT json_build_object('id', q.id, 'seq', q.seq, 'type', lower(q.type::text), 'content', q.content,
        'sender', ${senderJson('u')}, 'deletedAt', q."deletedAt",
        'files', ARRAY(SELECT f.name FROM "Attachment" f WHERE f."messageId" = q.id ORDER BY f.position, f.id))
      FROM "Message" q JOIN "User" u ON u.id = q."senderId" WHERE q.id = m."replyToId")`,
    toWire: (row: QuoteRow | null) => row && toQuote(row),
  }),
  attachments: part({
    column: `(SELECT json_agg(a ORDER BY a.position, a.id) FROM "Attachment" a WHERE a."messageId" = m.id)`,
    toWire: (rows: AttachmentRow[] | null) => (rows ?? []).map(toAttachment),
    onDelete: `DELETE FROM "Attachment" WHERE "messageId" = $1 RETURNING id`,
  }),
  reactions: part({
    column: `(SELECT json_agg(json_build_object('emoji', k.emoji, 'count', k.count, 'userIds', k.people[1:20], 'mine', k.mine)
        ORDER BY k.since, k.emoji)
      FROM (SELECT r.emoji, count(*) AS count, min(r."createdAt") AS since, coalesce(bool_or(r."userId" = $2), false) AS mine,
          array_agg(r."userId" ORDER BY r."createdAt", r."userId") AS people
        FROM "Reaction" r WHERE r."messageId" = m.id GROUP BY r.emoji) k)`,
    toWire: (rows: Required<Reaction>[] | null) => rows ?? [],
    onDelete: `DELETE FROM "Reaction" WHERE "messageId" = $1`,
  }),
  pinnedAt: part({
    column: `(SELECT n."createdAt" FROM "Pin" n WHERE n."messageId" = m.id)`,
    toWire: (at: Date | null) => at?.toISOString() ?? null,
    onDelete: `WITH unpinned AS (DELETE FROM "Pin" WHERE "messageId" = $1 RETURNING "conversationId")
      UPDATE "Conversation" c SET "pinVersion" = c."pinVersion" + 1 FROM unpinned WHERE c.id = unpinned."conversationId"`,
  }),
  pinnedBy: part({
    column: `(SELECT ${senderJson('u')} FROM "Pin" n JOIN "User" u ON u.id = n."userId" WHERE n."messageId" = m.id)`,
    toWire: (row: SenderRow | null) => row && toSender(row),
  }),
} satisfies { [Name in keyof EmptyParts]: Part<never, Message[Name]> };

type Parts = typeof messageParts;

/** The values of all columns. */
export type PartRows = { [Name in keyof Parts]: Parameters<Parts[Name]['toWire']>[0] };

/** SQL: the columns of all parts. */
export const partColumns = Object.entries(messageParts)
  .map(([name, { column }]) => `${column} AS "${name}"`)
  .join(',\n    ');

/** The parts in wire format, from a row with all their columns. */
export function toParts(row: PartRows): { [Name in keyof Parts]: Message[Name] } {
  return {
    mentions: messageParts.mentions.toWire(row.mentions),
    replyTo: messageParts.replyTo.toWire(row.replyTo),
    attachments: messageParts.attachments.toWire(row.attachments),
    reactions: messageParts.reactions.toWire(row.reactions),
    pinnedAt: messageParts.pinnedAt.toWire(row.pinnedAt),
    pinnedBy: messageParts.pinnedBy.toWire(row.pinnedBy),
  };
}

type QuoteRow = Omit<Quote, 'sender'> & { sender: SenderRow };

function toQuote({ sender, deletedAt, ...quote }: QuoteRow): Quote {
  // PostgreSQL writes timestamps inside JSON in its own format.
  return { ...quote, sender: toSender(sender), deletedAt: deletedAt && new Date(deletedAt).toISOString() };
}
