'use client';

import { useMemo, useRef } from 'react';
import { useTranslations } from '@/client/intl/translations';
import { useMe, useMessages, useRoster } from '@/client/state/queries';
import type { MessageWindow } from '@/client/state/state';
import { Beginning } from '@/components/messages/beginning';
import { PeopleContext } from '@/components/messages/mention';
import { placeIn } from '@/components/messages/place';
import { isNew } from '@/components/messages/rows';
import { TimelineList } from '@/components/messages/timeline-list';
import { LoadProblem, RowSkeletons } from '@/components/messages/timeline-parts';
import type { Conversation } from '@/lib/domain/conversations/schema';
import type { Sender } from '@/lib/domain/users/schema';

interface Props {
  conversation: Conversation;
  /** the message at which it opens */
  focusId: string | null;
}

/** The history of a conversation, with its new messages. */
export function Timeline({ conversation, focusId }: Props) {
  const t = useTranslations('messages');
  const me = useMe();
  const { data: window, isError, refetch } = useMessages(conversation.id);
  const people = usePeople(conversation, window, me);
  const opened = useRef<string | null>(undefined);
  if (!window)
    return (
      <div className="flex min-h-0 flex-1 flex-col justify-end overflow-hidden">
        {isError ? <LoadProblem text={t('notLoaded')} onRetry={() => void refetch()} /> : <RowSkeletons count={6} />}
      </div>
    );
  opened.current ??= openAt(conversation, window, me, focusId);
  return (
    <PeopleContext value={people}>
      <TimelineList
        conversation={conversation}
        window={window}
        firstId={opened.current}
        focusId={focusId}
        beginning={<Beginning conversation={conversation} />}
      />
    </PeopleContext>
  );
}

/** The message around which the conversation opens; null: at its end. */
function openAt(conversation: Conversation, { messages }: MessageWindow, me: Sender, focusId: string | null): string | null {
  const { unreadCount = 0, lastReadSeq = 0 } = conversation.me ?? {};
  if (focusId) return focusId;
  const unread = unreadCount > 0 ? messages.find((message) => isNew(message, me, lastReadSeq)) : undefined;
  return unread?.id ?? placeIn(conversation.id)?.messageId ?? null;
}

/** The people who can be mentioned here: the members, and the authors of messages. */
function usePeople(conversation: Conversation, window: MessageWindow | undefined, me: Sender) {
  const roster = useRoster(conversation.id);
  const senders = window?.messages;
  return useMemo(() => {
    const users = [...(senders?.map(({ sender }) => sender) ?? []), ...conversation.participants.map(({ user }) => user)];
    for (const { user } of roster) users.push(user);
    const byHandle = new Map<string, Sender>([...users, me].map((user) => [user.handle, user]));
    return { me: me.id, byHandle };
  }, [conversation.participants, roster, senders, me]);
}
