import type pg from 'pg';
import { type AttachmentRow, toAttachment } from '@/lib/domain/attachments/shape';
import type { Message, MessageType, Quote } from '@/lib/domain/messages/schema';
import type { Reaction } from '@/lib/domain/reactions/schema';
import { type SenderRow, toSender } from '@/lib/domain/users/shape';
import { run } from '@/lib/platform/db/sql';

/**
 * Messages as the wire carries them, in the order of their ids, in one query. It judges nobody's access: the ids come from
 * a lookup that did.
 * @param readerId whom the answer is for; null for events to everybody, where reactions say no `mine`
 */
export async function shapeMessages(ids: string[], readerId: string | null, on?: pg.PoolClient): Promise<Message[]> {
  if (ids.length === 0) return [];
  const rows = await run<ShapeRow>('messages.shape', shapeText, [ids, readerId], on);
  const byId = new Map(rows.map((row) => [row.id, toMessage(row, readerId)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** The one message of that id; the caller knows that it exists. */
export async function shapeMessage(id: string, readerId: string | null): Promise<Message> {
  const [message] = await shapeMessages([id], readerId);
  if (!message) throw new Error(`No message ${id}.`);
  return message;
}

/** The same message for everybody: whether a reaction is `mine` differs from reader to reader. */
export function forEverybody(message: Message): Message {
  return { ...message, reactions: message.reactions.map(({ mine: _, ...reaction }) => reaction) };
}

interface ShapeRow {
  id: string;
  conversationId: string;
  seq: number;
  rev: number;
  clientMessageId: string;
  type: string;
  content: string;
  metadata: Record<string, unknown> | null;
  names: Record<string, string> | null;
  createdAt: Date;
  editedAt: Date | null;
  deletedAt: Date | null;
  sender: SenderRow;
  mentions: string[];
  quote: QuoteRow | null;
  attachments: AttachmentRow[] | null;
  reactions: Required<Reaction>[] | null;
}

type QuoteRow = Omit<Quote, 'sender'> & { sender: SenderRow };

/** A SenderRow, in SQL. */
export const senderJson = (user: string) =>
  `json_build_object('id', ${user}.id, 'name', ${user}.name, 'handle', ${user}.handle, 'imageId', ${user}."imageId")`;

// Subqueries, not joins: each is then an index lookup that prunes to one partition, whatever the planner believes of sizes.
const shapeText = `
  SELECT m.id, m."conversationId", m.seq, m.rev, m."clientMessageId", m.type, m.content, m.metadata,
    m."createdAt", m."editedAt", m."deletedAt", ${senderJson('s')} AS sender,
    CASE WHEN m.type = 'SYSTEM' THEN (SELECT json_object_agg(p.id, p.name) FROM "User" p
      WHERE p.id IN (SELECT jsonb_array_elements_text(m.metadata->'userIds')::uuid)) END AS names,
    ARRAY(SELECT n."userId" FROM "Mention" n WHERE n."messageId" = m.id ORDER BY n."userId") AS mentions,
    (SELECT json_build_object('id', q.id, 'seq', q.seq, 'type', lower(q.type::text), 'content', q.content,
        'sender', ${senderJson('u')}, 'deletedAt', q."deletedAt",
        'files', ARRAY(SELECT f.name FROM "Attachment" f WHERE f."messageId" = q.id ORDER BY f.position, f.id))
      FROM "Message" q JOIN "User" u ON u.id = q."senderId" WHERE q.id = m."replyToId") AS quote,
    (SELECT json_agg(a ORDER BY a.position, a.id) FROM "Attachment" a WHERE a."messageId" = m.id) AS attachments,
    (SELECT json_agg(json_build_object('emoji', k.emoji, 'count', k.count, 'userIds', k.people[1:20], 'mine', k.mine)
        ORDER BY k.since, k.emoji)
      FROM (SELECT r.emoji, count(*) AS count, min(r."createdAt") AS since, coalesce(bool_or(r."userId" = $2), false) AS mine,
          array_agg(r."userId" ORDER BY r."createdAt", r."userId") AS people
        FROM "Reaction" r WHERE r."messageId" = m.id GROUP BY r.emoji) k) AS reactions
  FROM "Message" m JOIN "User" s ON s.id = m."senderId"
  WHERE m.id = ANY ($1::uuid[])`;

function toMessage(row: ShapeRow, readerId: string | null): Message {
  const { sender, names, quote, attachments, reactions, ...rest } = row;
  const message: Message = {
    ...rest,
    // Whom it is about may have left, and then nobody else can say who that was.
    metadata: names ? { ...row.metadata, names } : row.metadata,
    type: row.type.toLowerCase() as MessageType,
    sender: toSender(sender),
    attachments: (attachments ?? []).map(toAttachment),
    replyTo: quote && toQuote(quote),
    reactions: reactions ?? [],
    createdAt: row.createdAt.toISOString(),
    editedAt: row.editedAt?.toISOString() ?? null,
    deletedAt: row.deletedAt?.toISOString() ?? null,
  };
  return readerId === null ? forEverybody(message) : message;
}

function toQuote({ sender, deletedAt, ...quote }: QuoteRow): Quote {
  // Inside of JSON PostgreSQL writes a time in its own way.
  return { ...quote, sender: toSender(sender), deletedAt: deletedAt && new Date(deletedAt).toISOString() };
}
