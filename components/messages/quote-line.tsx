import { Reply } from 'lucide-react';
import { useTranslations } from '@/client/intl/translations';
import { summaryOf } from '@/components/messages/summary';
import type { Quote } from '@/lib/domain/messages/schema';
import { directionOfText } from '@/lib/platform/text/direction';

interface Props {
  quote: Quote;
  onOpen: (messageId: string) => void;
}

/** The reply's target in one line that leads to it. */
export function QuoteLine({ quote, onOpen }: Props) {
  const t = useTranslations('messages');
  const text = summaryOf(quote, t);
  return (
    <button
      type="button"
      aria-label={t('inReplyTo', { person: quote.sender.name })}
      data-quote={quote.id}
      onClick={() => onOpen(quote.id)}
      className="mb-0.5 flex max-w-full items-center gap-1.5 border-accent border-s-2 ps-2 text-start text-muted text-sm hover:text-text"
    >
      <Reply className="size-3.5! text-faint rtl:-scale-x-100" aria-hidden />
      <bdi className="shrink-0 font-medium">{quote.sender.name}</bdi>
      <span dir={directionOfText(text)} className="min-w-0 truncate">
        {text}
      </span>
    </button>
  );
}
