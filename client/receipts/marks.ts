import type { Participant } from '@/lib/domain/participants/schema';
import type { Sender } from '@/lib/domain/users/schema';

/** The state of an own message: `delivered` means to all participants, `read` by all of them. */
export type Mark = 'sending' | 'sent' | 'delivered' | 'read' | 'failed';

export interface Watermarks {
  /** every other participant has received messages up to this seq */
  delivered: number;
  read: number;
}

/** The watermarks of all other participants; null when not all of them are loaded, as in a large group. */
export function watermarksOf(participants: Participant[], participantCount: number, me: string): Watermarks | null {
  const others = participants.filter(({ user, leftAt }) => user.id !== me && leftAt === null);
  if (others.length === 0 || participants.length < participantCount) return null;
  return {
    delivered: Math.min(...others.map(({ lastDeliveredSeq, lastReadSeq }) => Math.max(lastDeliveredSeq, lastReadSeq))),
    read: Math.min(...others.map(({ lastReadSeq }) => lastReadSeq)),
  };
}

export function markOf(seq: number, watermarks: Watermarks | null): Mark {
  if (watermarks && seq <= watermarks.read) return 'read';
  return watermarks && seq <= watermarks.delivered ? 'delivered' : 'sent';
}

const maxParticipants = 12;

/** The readers to show at each message of a small group: each one at the last message they have read. */
export function readersBySeq(participants: Participant[], participantCount: number, me: string): Map<number, Sender[]> {
  const readers = new Map<number, Sender[]>();
  if (participantCount > maxParticipants) return readers;
  for (const { user, lastReadSeq, leftAt } of participants)
    if (user.id !== me && leftAt === null && lastReadSeq > 0)
      readers.set(lastReadSeq, [...(readers.get(lastReadSeq) ?? []), user]);
  return readers;
}
