'use client';
import { clsx } from 'clsx';
import { BellOff, Pencil } from 'lucide-react';
import { type MouseEvent, memo } from 'react';
import { useTranslations } from '@/client/intl/translations';
import { useMe } from '@/client/state/queries';
import { ConversationFace } from '@/components/conversations/conversation-face';
import { openConversation, pathOf } from '@/components/conversations/navigate';
import { previewOf, usePreviewWords } from '@/components/conversations/preview';
import { useTitleOf } from '@/components/conversations/title';
import { firstWords } from '@/components/messages/summary';
import { useClock } from '@/components/shell/clock';
import { CountPill } from '@/components/ui/badge';
import { conversationKinds } from '@/lib/domain/conversations/kinds';
import type { Conversation } from '@/lib/domain/conversations/schema';
import { directionOfText } from '@/lib/platform/text/direction';

/** A conversation in the list: name, time, last message and unread count. */
export const ConversationRow = memo(function ConversationRow({
  conversation,
  isOpen,
}: {
  conversation: Conversation;
  isOpen: boolean;
}) {
  const title = useTitleOf()(conversation);
  const unread = conversation.me?.unreadCount ?? 0;
  return (
    <li className="[contain-intrinsic-size:auto_3.25rem] [content-visibility:auto]">
      <a
        href={pathOf(conversation.id)}
        data-row
        data-conversation={conversation.id}
        aria-current={isOpen ? 'page' : undefined}
        onClick={(event) => follow(event, conversation.id)}
        className={clsx(
          'flex h-13 items-center gap-2.5 rounded-md px-2 transition-colors focus-visible:outline-offset-[-2px]',
          isOpen ? 'bg-selected' : 'hover:bg-hover',
        )}
      >
        <ConversationFace conversation={conversation} />
        <span className="flex min-w-0 flex-1 flex-col">
          <span className="flex items-baseline gap-2">
            <span
              dir="auto"
              className={clsx(
                'min-w-0 flex-1 truncate',
                unread > 0 ? 'font-semibold text-text' : isOpen ? 'text-text' : 'text-muted',
              )}
            >
              {title}
            </span>
            <RowTime conversation={conversation} />
          </span>
          <span className="flex h-4.5 items-center gap-2">
            <RowText conversation={conversation} isOpen={isOpen} />
            <RowMark conversation={conversation} />
          </span>
        </span>
      </a>
    </li>
  );
});

function RowTime({ conversation }: { conversation: Conversation }) {
  const clock = useClock();
  const at = conversation.lastMessage?.createdAt;
  if (!at) return null;
  return (
    <time dateTime={at} suppressHydrationWarning className="shrink-0 text-muted text-xs">
      {clock.short(at)}
    </time>
  );
}

/** A draft is shown in place of the last message. */
function RowText({ conversation, isOpen }: { conversation: Conversation; isOpen: boolean }) {
  const words = usePreviewWords();
  const me = useMe();
  const draft = isOpen ? '' : firstWords(conversation.me?.draft ?? '');
  const { who, text } = draft ? { who: null, text: draft } : previewOf(conversation, me.id, words);
  return (
    <span className="flex min-w-0 flex-1 items-center gap-1 text-muted text-sm">
      {draft && <Pencil aria-label={words.conversations('draft')} className="size-3 text-accent-text" />}
      {who && <span className="max-w-1/2 shrink-0 truncate">{words.conversations.rich('saidBy', { who })} </span>}
      <span dir={directionOfText(text)} className="truncate">
        {text}
      </span>
    </span>
  );
}

/** One mark at the right: the unread count, otherwise an icon when the conversation is muted. */
function RowMark({ conversation }: { conversation: Conversation }) {
  const t = useTranslations('conversations');
  const { unreadCount = 0, mentionCount = 0, notify } = conversation.me ?? {};
  const toYou = mentionCount > 0 || conversationKinds[conversation.kind].personal;
  if (unreadCount > 0)
    return (
      <CountPill
        count={unreadCount}
        mention={toYou && notify !== 'none'}
        label={
          mentionCount > 0
            ? t('unreadMentions', { count: unreadCount, mentions: mentionCount })
            : t('unread', { count: unreadCount })
        }
      />
    );
  return notify === 'none' ? <BellOff aria-label={t('muted')} className="size-3.5 text-faint" /> : null;
}

/** A plain click navigates within the page. With a modifier key the browser follows the link as usual. */
function follow(event: MouseEvent, conversationId: string): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return;
  event.preventDefault();
  openConversation(conversationId);
}
