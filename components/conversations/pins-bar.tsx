'use client';
import { Pin } from 'lucide-react';
import { useTranslations } from '@/client/intl/translations';
import { useShowPart } from '@/components/conversations/details-state';
import { openConversation } from '@/components/conversations/navigate';
import { summaryOfMessage } from '@/components/messages/summary';
import type { Conversation } from '@/lib/domain/conversations/schema';
import { directionOfText } from '@/lib/platform/text/direction';

/** The message that was pinned last, in one line, and the way to the others. It is part of the conversation, so it is there at once. */
export function PinsBar({ conversation }: { conversation: Conversation }) {
  const t = useTranslations('pins');
  const messages = useTranslations('messages');
  const show = useShowPart();
  const { latest = null, count = 0 } = conversation.pins ?? {};
  if (!latest) return null;
  const text = summaryOfMessage(latest, messages);
  return (
    <section
      aria-label={t('title')}
      className="flex min-h-9 shrink-0 items-stretch gap-1 border-line border-b ps-2 pe-3 text-sm sm:ps-3 touch:min-h-11 print:hidden"
    >
      <button
        type="button"
        onClick={() => openConversation(conversation.id, latest.id)}
        className="my-1 flex min-w-0 flex-1 items-center gap-2 rounded-md px-2 text-start transition-colors hover:bg-hover"
      >
        <Pin aria-hidden className="size-3.5! shrink-0 text-faint" />
        <bdi className="max-w-2/5 shrink-0 truncate font-medium">{latest.sender.name}</bdi>
        <span dir={directionOfText(text)} className="min-w-0 truncate text-muted">
          {text}
        </span>
      </button>
      <button
        type="button"
        onClick={() => show('pinned')}
        className="my-1 shrink-0 rounded-md px-2 font-medium text-muted tabular-nums transition-colors hover:bg-hover hover:text-text"
      >
        {t('count', { count })}
      </button>
    </section>
  );
}
