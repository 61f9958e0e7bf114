import { type ServerEventName, type ServerPayloads, serverEvents } from '@/lib/domain/contract';
import { hasAudience } from '@/lib/domain/conversations/audience';
import type { EventEntry } from '@/lib/domain/event-entry';
import { processSingleton } from '@/lib/platform/process/singleton';
import { isShared } from '@/lib/platform/redis/redis';

/** The changes of a conversation that reached this node's sockets without a gap. */
export interface DeliveredRevs {
  rev: number;
  /** the newest message they received until then; empty before the first */
  messageId: string;
  /** what they received beyond a gap: rev and message */
  beyond: Map<number, string>;
}

/** More than a gap ever holds back: a gap is filled or given up within seconds. */
const maxBeyond = 5_000;

/**
 * Records the changes that an event carries, from this node or another. Changes that only PostgreSQL has were lost between nodes.
 */
export function recordDelivered<Name extends ServerEventName>(event: Name, payload: ServerPayloads[Name]): void {
  if (!isShared()) return;
  for (const { conversationId, rev, id } of messagesIn(event, payload)) {
    const known = told().get(conversationId);
    // The first event since sockets entered. Otherwise the next comparison with the database would count earlier, lost events as
    // delivered.
    if (!known) markDelivered(conversationId, rev, id);
    if (!known || rev <= known.rev || known.beyond.size >= maxBeyond) continue;
    known.beyond.set(rev, id);
    advance(known);
  }
}

/** Marks everything up to this rev as delivered: the sockets are about to read it, or received all of it. */
export function markDelivered(conversationId: string, rev: number, messageId: string): void {
  const known = told().get(conversationId) ?? { rev: -1, messageId: '', beyond: new Map<number, string>() };
  if (rev <= known.rev || !hasAudience(conversationId)) return;
  told().set(conversationId, known);
  known.rev = rev;
  known.messageId = later(known.messageId, messageId);
  for (const passed of known.beyond.keys()) if (passed <= rev) known.beyond.delete(passed);
  advance(known);
}

export const deliveredOf = (conversationId: string): DeliveredRevs | undefined => told().get(conversationId);

/** No socket of this node is in the conversation any more. */
export function forgetDelivered(conversationId: string): void {
  told().delete(conversationId);
}

function advance(known: DeliveredRevs): void {
  for (let next = known.beyond.get(known.rev + 1); next !== undefined; next = known.beyond.get(known.rev + 1)) {
    known.rev += 1;
    known.beyond.delete(known.rev);
    known.messageId = later(known.messageId, next);
  }
}

const later = (one: string, other: string) => (one > other ? one : other);

interface Carried {
  conversationId: string;
  rev: number;
  id: string;
}

function messagesIn(event: ServerEventName, payload: object): Carried[] {
  // A node of a later version may send events that this one does not know.
  const { carries } = (serverEvents[event] as EventEntry | undefined) ?? {};
  if (carries === undefined) return [];
  const carried = payload[carries as keyof typeof payload] as Carried | Carried[];
  return Array.isArray(carried) ? carried : [carried];
}

const told = () => processSingleton('told', () => new Map<string, DeliveredRevs>());
