import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { useFormatter } from '@/client/intl/translations';

/** A count of unread items, in the accent colour for mentions. */
export function CountPill({ count, mention = false, label }: { count: number; mention?: boolean; label: string }) {
  const { number } = useFormatter();
  return (
    <span
      data-pill={mention ? 'mention' : 'count'}
      className={clsx(
        'inline-flex h-4.5 min-w-4.5 shrink-0 items-center justify-center rounded-full px-1.5 font-semibold text-xs tabular-nums',
        mention ? 'bg-accent text-on-accent' : 'bg-pill text-text',
      )}
    >
      <span aria-hidden>{count > 99 ? `${number(99)}+` : number(count)}</span>
      <span className="sr-only">{label}</span>
    </span>
  );
}

/** A short label, such as 'Admin' or 'This device'. */
export function Badge({ children, accent = false }: { children: ReactNode; accent?: boolean }) {
  return (
    <span
      className={clsx(
        'inline-flex h-5 shrink-0 items-center rounded-full px-2 font-medium text-xs',
        accent ? 'bg-accent-soft text-accent-text' : 'bg-hover text-muted',
      )}
    >
      {children}
    </span>
  );
}
