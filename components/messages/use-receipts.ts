import { useMemo } from 'react';
import { type Mark, markOf, readersBySeq, watermarksOf } from '@/client/receipts/marks';
import { useRoster } from '@/client/state/queries';
import type { Row } from '@/components/messages/rows';
import type { Conversation } from '@/lib/domain/conversations/schema';

/** What the others' watermarks say of each row. */
export function useReceipts(conversation: Conversation, me: string) {
  const roster = useRoster(conversation.id);
  const { participants, participantCount, kind } = conversation;
  return useMemo(() => {
    // A direct conversation carries everybody; of a group the list does.
    const people = kind === 'direct' ? participants : roster;
    const watermarks = watermarksOf(people, participantCount, me);
    const readers = kind === 'group' ? readersBySeq(people, participantCount, me) : null;
    return {
      markOf: ({ message, outgoing }: Row): Mark | null => {
        if (outgoing && outgoing.state !== 'sent') return outgoing.state;
        if (message.sender.id !== me || message.type === 'system') return null;
        return markOf(message.seq, watermarks);
      },
      readersOf: ({ message, outgoing }: Row) =>
        outgoing || message.type === 'system' ? undefined : readers?.get(message.seq),
    };
  }, [participants, participantCount, kind, roster, me]);
}
