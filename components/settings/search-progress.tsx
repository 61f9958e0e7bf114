'use client';
import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useId } from 'react';
import { api } from '@/client/api/api';
import { keys } from '@/client/api/keys';
import { useFormatter, useTranslations } from '@/client/intl/translations';
import { useClock } from '@/components/shell/clock';
import type { ProgressAnswer } from '@/lib/domain/search/schema';

const everyMs = 2_000;

/** How far older messages are indexed, for as long as they are. */
export function SearchProgress() {
  const t = useTranslations('settings');
  const format = useFormatter();
  const clock = useClock();
  const title = useId();
  const { data } = useQuery({
    queryKey: keys.searchProgress,
    queryFn: () => api.get<ProgressAnswer>('/api/search/progress'),
    refetchInterval: ({ state }) => (state.data?.indexedSince ? everyMs : false),
    staleTime: 0,
  });
  if (!data?.indexedSince) return null;
  // 100% would say that it is done.
  const percent = Math.min(Math.floor(data.indexed * 100), 99);
  const share = format.number(percent / 100, { style: 'percent' });
  return (
    <section aria-labelledby={title} className="mx-4 my-4 rounded-lg border border-line bg-surface p-4 sm:mx-0 sm:mt-0 sm:mb-8">
      <h2 id={title} className="flex items-center gap-2 font-medium">
        <Search className="size-4 text-muted" />
        {t('searchProgressTitle')}
      </h2>
      <p className="mt-1 text-muted text-sm tabular-nums">
        {t('searchProgressText', { share, month: clock.month(data.indexedSince) })}
      </p>
      <div
        role="progressbar"
        aria-labelledby={title}
        aria-valuenow={percent}
        className="mt-3 h-1.5 overflow-hidden rounded-full bg-hover"
      >
        <div className="h-full rounded-full bg-accent" style={{ width: `${percent}%` }} />
      </div>
    </section>
  );
}
