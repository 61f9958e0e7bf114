import { run } from '@/lib/db/sql';
import type { Message } from '@/lib/messages/schema';
import { shapeMessages } from '@/lib/messages/shape';
import { oncePerProcess } from '@/lib/process/once';
import { socketsIn } from '@/lib/realtime/audience';
import { emitHere } from '@/lib/realtime/emit';
import { membersRoom } from '@/lib/realtime/rooms';
import { type Told, tellOf, toldOf } from '@/lib/realtime/told';

/** A conversation as the database has it. */
export interface Head {
  id: string;
  memberRev: number;
  lastRev: number;
  /** its newest message; null before the first */
  headId: string | null;
}

/** Who missed more than this reconnects, and asks for itself. */
const mostChanges = 200;

/**
 * Tells this node's sockets what the database has and nobody told them, as other nodes would have: a client then never sees that
 * their words got lost. What is committed is told within moments, so only what was there at the last look is missing.
 */
export async function catchUp(heads: Head[]): Promise<void> {
  const before = lastLook().revs;
  lastLook().revs = new Map(heads.map((head) => [head.id, head.lastRev]));
  for (const head of heads) {
    const told = toldOf(head.id);
    if (!told) tellOf(head.id, head.lastRev, head.headId ?? '');
    else if (told.rev < (before.get(head.id) ?? 0)) await tellMissing(head, told);
  }
}

async function tellMissing({ id, lastRev, headId }: Head, told: Told): Promise<void> {
  const rows = await run<{ messageId: string }>('socket.missing', missingText, [id, told.rev, lastRev, mostChanges + 1]);
  if (rows.length > mostChanges || rows.length === 0) {
    for (const socket of socketsIn(id)) socket.conn.close();
    return tellOf(id, lastRev, headId ?? '');
  }
  const ids = [...new Set(rows.map((row) => row.messageId))].sort();
  const messages = await shapeMessages(ids, null);
  const fresh = messages.filter((message) => message.id > told.messageId);
  if (fresh.length > 0) emitHere(membersRoom(id), 'message.received', { conversationId: id, messages: fresh });
  for (const message of messages) if (message.id <= told.messageId) emitHere(membersRoom(id), nameOf(message), { message });
  tellOf(id, lastRev, headId ?? '');
}

const nameOf = (message: Message) => (message.deletedAt ? 'message.deleted' : 'message.edited');

const lastLook = () => oncePerProcess('socket.heads', () => ({ revs: new Map<string, number>() }));

const missingText = `
  SELECT h."messageId" FROM "Change" h WHERE h."conversationId" = $1 AND h.rev > $2 AND h.rev <= $3 ORDER BY h.rev LIMIT $4`;
