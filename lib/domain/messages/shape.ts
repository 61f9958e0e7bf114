import type pg from 'pg';
import { type PartRows, partColumns, toParts } from '@/lib/domain/messages/parts';
import type { Message, MessageType } from '@/lib/domain/messages/schema';
import { type SenderRow, senderJson, toSender } from '@/lib/domain/users/shape';
import { run } from '@/lib/platform/db/sql';

/**
 * Messages in wire format, in the order of their ids, in one query. Access is not checked: the ids come from a lookup that did.
 * @param readerId the reader of the answer; null for events to everybody, whose reactions have no `mine`
 */
export async function shapeMessages(ids: string[], readerId: string | null, on?: pg.PoolClient): Promise<Message[]> {
  if (ids.length === 0) return [];
  const rows = await run<ShapeRow>('messages.shape', shapeText, [ids, readerId], on);
  const byId = new Map(rows.map((row) => [row.id, toMessage(row, readerId)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** One message by its id, which must exist. */
export async function shapeMessage(id: string, readerId: string | null): Promise<Message> {
  const [message] = await shapeMessages([id], readerId);
  if (!message) throw new Error(`No message ${id}.`);
  return message;
}

/** The same message for everybody: without `mine`, which differs between readers. */
export function forEverybody(message: Message): Message {
  return { ...message, reactions: message.reactions.map(({ mine: _, ...reaction }) => reaction) };
}

interface ShapeRow extends PartRows {
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
}

const shapeText = `
  SELECT m.id, m."conversationId", m.seq, m.rev, m."clientMessageId", m.type, m.content, m.metadata,
    m."createdAt", m."editedAt", m."deletedAt", ${senderJson('s')} AS sender,
    CASE WHEN m.type = 'SYSTEM' THEN (SELECT json_object_agg(p.id, p.name) FROM "User" p
      WHERE p.id IN (SELECT jsonb_array_elements_text(m.metadata->'userIds')::uuid)) END AS names,
    ${partColumns}
  FROM "Message" m JOIN "User" s ON s.id = m."senderId"
  WHERE m.id = ANY ($1::uuid[])`;

function toMessage(row: ShapeRow, readerId: string | null): Message {
  const { id, conversationId, seq, rev, clientMessageId, content, names } = row;
  const message: Message = {
    ...{ id, conversationId, seq, rev, clientMessageId, content },
    sender: toSender(row.sender),
    type: row.type.toLowerCase() as MessageType,
    // The people in a system message may have left, and then clients have their names from nowhere else.
    metadata: names ? { ...row.metadata, names } : row.metadata,
    ...toParts(row),
    createdAt: row.createdAt.toISOString(),
    editedAt: row.editedAt?.toISOString() ?? null,
    deletedAt: row.deletedAt?.toISOString() ?? null,
  };
  return readerId === null ? forEverybody(message) : message;
}
