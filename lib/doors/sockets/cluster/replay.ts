import { socketsIn } from '@/lib/domain/conversations/audience';
import { emitHere } from '@/lib/domain/emit';
import { type DeliveredRevs, deliveredOf, markDelivered } from '@/lib/domain/messages/delivered-revs';
import type { Message } from '@/lib/domain/messages/schema';
import { shapeMessages } from '@/lib/domain/messages/shape';
import { run } from '@/lib/platform/db/sql';
import { processSingleton } from '@/lib/platform/process/singleton';

/** The last change of a conversation in the database. */
export interface Head {
  id: string;
  memberRev: number;
  lastRev: number;
  /** the newest message's id; null before the first */
  headId: string | null;
}

/** A socket that missed more changes than this reconnects and catches up itself. */
const maxChanges = 200;

/**
 * Emits to this node's sockets the committed changes that no event has delivered. Clients then never notice that other nodes'
 * events were lost. A commit is announced within moments, so only changes that the last comparison already saw count as missing.
 */
export async function replayMissed(heads: Head[]): Promise<void> {
  const before = lastLook().revs;
  lastLook().revs = new Map(heads.map((head) => [head.id, head.lastRev]));
  for (const head of heads) {
    const told = deliveredOf(head.id);
    if (!told) markDelivered(head.id, head.lastRev, head.headId ?? '');
    else if (told.rev < (before.get(head.id) ?? 0)) await replayMissing(head, told);
  }
}

async function replayMissing({ id, lastRev, headId }: Head, told: DeliveredRevs): Promise<void> {
  const rows = await run<{ messageId: string }>('sockets.missing', missingText, [id, told.rev, lastRev, maxChanges + 1]);
  if (rows.length > maxChanges || rows.length === 0) {
    for (const socket of socketsIn(id)) socket.conn.close();
    return markDelivered(id, lastRev, headId ?? '');
  }
  const ids = [...new Set(rows.map((row) => row.messageId))].sort();
  const messages = await shapeMessages(ids, null);
  const fresh = messages.filter((message) => message.id > told.messageId);
  if (fresh.length > 0) emitHere('message.received', id, { conversationId: id, messages: fresh });
  for (const message of messages) if (message.id <= told.messageId) emitHere(nameOf(message), id, { message });
  markDelivered(id, lastRev, headId ?? '');
}

const nameOf = (message: Message) => (message.deletedAt ? 'message.deleted' : 'message.edited');

const lastLook = () => processSingleton('socket.heads', () => ({ revs: new Map<string, number>() }));

const missingText = `
  SELECT h."messageId" FROM "Change" h WHERE h."conversationId" = $1 AND h.rev > $2 AND h.rev <= $3 ORDER BY h.rev LIMIT $4`;
