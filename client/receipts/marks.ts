import type { Participant } from '@/lib/domain/participants/schema';
import type { Sender } from '@/lib/domain/users/schema';

/** How far an own message has come: to everybody's device, to everybody's eyes. */
export type Mark = 'sending' | 'sent' | 'delivered' | 'read' | 'failed';

export interface Watermarks {
  /** everybody else has it up to here */
  delivered: number;
  read: number;
}

/** Of everybody but oneself; null when not all of them are known, as in a large group. */
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

const facesUpTo = 12;

/** In a small group, who has read up to where: each face stands at the last message its owner has seen. */
export function readersBySeq(participants: Participant[], participantCount: number, me: string): Map<number, Sender[]> {
  const readers = new Map<number, Sender[]>();
  if (participantCount > facesUpTo) return readers;
  for (const { user, lastReadSeq, leftAt } of participants)
    if (user.id !== me && leftAt === null && lastReadSeq > 0)
      readers.set(lastReadSeq, [...(readers.get(lastReadSeq) ?? []), user]);
  return readers;
}
