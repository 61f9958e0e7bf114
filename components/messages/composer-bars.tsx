import { Pencil, Reply, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { summaryOf } from '@/components/messages/summary';
import { iconButtonClass } from '@/components/ui/icon-button';
import type { Quote } from '@/lib/domain/messages/schema';
import { directionOfText } from '@/lib/platform/text/direction';

export function ReplyBar({ quote, onCancel }: { quote: Quote; onCancel: () => void }) {
  const text = summaryOf(quote);
  return (
    <Bar icon={<Reply className="size-4! text-accent-text" />} cancel="Do not reply to it" onCancel={onCancel}>
      <span className="shrink-0">
        Reply to <bdi className="font-medium text-text">{quote.sender.name}</bdi>
      </span>
      <span dir={directionOfText(text)} className="min-w-0 truncate">
        {text}
      </span>
    </Bar>
  );
}

export function EditBar({ onCancel }: { onCancel: () => void }) {
  return (
    <Bar icon={<Pencil className="size-4! text-accent-text" />} cancel="Stop editing" onCancel={onCancel}>
      <span className="font-medium text-text">Editing a message</span>
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
    <div className="flex h-9 items-center gap-2 border-line border-b pr-1 pl-3 text-muted text-sm">
      {icon}
      <div className="flex min-w-0 flex-1 gap-2">{children}</div>
      <button type="button" aria-label={cancel} title={cancel} onClick={onCancel} className={iconButtonClass}>
        <X className="size-4!" />
      </button>
    </div>
  );
}
