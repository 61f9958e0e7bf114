import { ArrowDown } from 'lucide-react';
import { useTranslations } from '@/client/intl/translations';
import { useClock } from '@/components/shell/clock';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';

/** Sticks to the top while its day is on screen. */
export function DayPill({ at }: { at: string }) {
  const clock = useClock();
  return (
    <div className="pointer-events-none sticky top-2 z-5 flex justify-center py-2">
      <time
        dateTime={at}
        suppressHydrationWarning
        className="rounded-full border border-line bg-bg px-3 py-0.5 font-medium text-muted text-xs shadow-sm"
      >
        {clock.day(at)}
      </time>
    </div>
  );
}

/** The line above the unread messages. */
export function ReadLine() {
  const t = useTranslations('messages');
  return (
    <div data-read-line className="flex items-center gap-2 px-5 py-1.5">
      <span className="h-px flex-1 bg-danger opacity-60" />
      <span className="font-medium text-danger text-xs">{t('new')}</span>
    </div>
  );
}

/** The button above the composer that leads to the end, shown further up. */
export function EndPill({ count, onClick }: { count: number; onClick: () => void }) {
  const t = useTranslations('messages');
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-2 z-10 flex justify-center print:hidden">
      <button
        type="button"
        onClick={onClick}
        aria-label={count > 0 ? t('newJump', { count }) : t('jumpToEnd')}
        className={
          count > 0
            ? 'pointer-events-auto flex h-8 animate-appear items-center gap-1.5 rounded-full bg-accent px-3 font-medium text-on-accent text-sm shadow-raised touch:h-11'
            : 'pointer-events-auto flex size-8 animate-appear items-center justify-center rounded-full border border-line bg-raised text-muted shadow-raised hover:text-text touch:size-11'
        }
      >
        <ArrowDown className="size-4!" aria-hidden />
        {count > 0 && <span>{count > 99 ? t('newCountMany', { most: 99 }) : t('newCount', { count })}</span>}
      </button>
    </div>
  );
}

/** Placeholders in the shape of rows. */
export function RowSkeletons({ count }: { count: number }) {
  const t = useTranslations('messages');
  return (
    <div role="status" aria-label={t('loading')} className="flex flex-col gap-4 px-5 py-3">
      {widths.slice(0, count).map((width) => (
        <div key={width} className="flex gap-3">
          <Skeleton className="size-9 shrink-0 rounded-full" />
          <div className="flex flex-1 flex-col gap-2 pt-1">
            <Skeleton className="h-3 w-28" />
            <Skeleton className={`h-3 max-w-full ${width}`} />
          </div>
        </div>
      ))}
    </div>
  );
}

const widths = ['w-80', 'w-120', 'w-60', 'w-100', 'w-72', 'w-96'];

export function LoadProblem({ text, onRetry }: { text: string; onRetry: () => void }) {
  const t = useTranslations('ui');
  return (
    <div role="alert" className="flex items-center justify-center gap-3 p-4 text-muted text-sm">
      {text}
      <Button size="small" onClick={onRetry}>
        {t('tryAgain')}
      </Button>
    </div>
  );
}
