import { useMemo } from 'react';
import { type Mark, markOf, readersBySeq, watermarksOf } from '@/client/receipts/marks';
import { useRoster } from '@/client/state/queries';
import type { Row } from '@/components/messages/rows';
import { conversationKinds } from '@/lib/domain/conversations/kinds';
import type { Conversation } from '@/lib/domain/conversations/schema';

/** Each row's receipts, from the other participants' watermarks. */
export function useReceipts(conversation: Conversation, me: string) {
  const roster = useRoster(conversation.id);
  const { participants, participantCount, kind } = conversation;
  return useMemo(() => {
    const { membersManaged, personal } = conversationKinds[kind];
    // Where members are not managed, the conversation includes all participants; otherwise the roster has them.
    const people = membersManaged ? roster : participants;
    const watermarks = watermarksOf(people, participantCount, me);
    const readers = personal ? null : readersBySeq(people, participantCount, me);
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
