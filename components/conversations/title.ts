import { useCallback } from 'react';
import { useTranslations } from '@/client/intl/translations';
import { useMe } from '@/client/state/queries';
import { conversationKinds } from '@/lib/domain/conversations/kinds';
import type { Conversation } from '@/lib/domain/conversations/schema';
import type { User } from '@/lib/domain/users/schema';

/** The title of a conversation for its reader: a group's name, the other person's name, or their own notes. */
export function useTitleOf(): (conversation: Conversation) => string {
  const t = useTranslations('conversations');
  const me = useMe();
  return useCallback(
    (conversation) => {
      if (conversationKinds[conversation.kind].named) return conversation.name ?? '';
      return isNotes(conversation) ? t('notes') : (otherOf(conversation, me.id)?.name ?? '');
    },
    [t, me.id],
  );
}

/** The other person in a direct conversation; the reader in their own notes; undefined for a conversation with a name. */
export function otherOf(conversation: Conversation, readerId: string): User | undefined {
  if (conversationKinds[conversation.kind].named) return undefined;
  const { participants } = conversation;
  return (participants.find(({ user }) => user.id !== readerId) ?? participants[0])?.user;
}

export const isNotes = (conversation: Conversation) =>
  !conversationKinds[conversation.kind].named && conversation.participants.length === 1;
