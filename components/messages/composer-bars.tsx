import { Pencil, Reply, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { drawn } from '@/client/intl/isolating';
import { useTranslations } from '@/client/intl/translations';
import { summaryOf } from '@/components/messages/summary';
import { iconButtonClass } from '@/components/ui/icon-button';
import type { Quote } from '@/lib/domain/messages/schema';
import { directionOfText } from '@/lib/platform/text/direction';

export function ReplyBar({ quote, onCancel }: { quote: Quote; onCancel: () => void }) {
  const t = useTranslations('messages');
  const text = summaryOf(quote, t);
  return (
    <Bar icon={<Reply className="size-4! text-accent-text rtl:-scale-x-100" />} cancel={t('replyCancel')} onCancel={onCancel}>
      <span className="shrink-0">
        {t.rich('replyTo', { person: drawn(<bdi className="font-medium text-text">{quote.sender.name}</bdi>) })}
      </span>
      <span dir={directionOfText(text)} className="min-w-0 truncate">
        {text}
      </span>
    </Bar>
  );
}

export function EditBar({ onCancel }: { onCancel: () => void }) {
  const t = useTranslations('messages');
  return (
    <Bar icon={<Pencil className="size-4! text-accent-text" />} cancel={t('stopEditing')} onCancel={onCancel}>
      <span className="font-medium text-text">{t('editing')}</span>
    </Bar>
  );
}

interface BarProps {
  icon: ReactNode;
  cancel: string;
  onCancel: () => void;
  children: ReactNode;
}

function Bar({ icon, cancel, onCancel, children }: BarProps) {
  return (
    <div className="flex h-9 items-center gap-2 border-line border-b ps-3 pe-1 text-muted text-sm">
      {icon}
      <div className="flex min-w-0 flex-1 gap-2">{children}</div>
      <button type="button" aria-label={cancel} title={cancel} onClick={onCancel} className={iconButtonClass}>
        <X className="size-4!" />
      </button>
    </div>
  );
}
