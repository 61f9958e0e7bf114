'use client';
import { clsx } from 'clsx';
import { SearchX } from 'lucide-react';
import { useTranslations } from '@/client/intl/translations';
import { useSession } from '@/components/search/session';
import type { Found } from '@/components/search/use-search';
import { useClock } from '@/components/shell/clock';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Segmented } from '@/components/ui/segmented';

/** The number of results, their order, and notes on what they lack. */
export function SearchStatus({ found }: { found: Found }) {
  const t = useTranslations('search');
  const { typed, sort, change } = useSession();
  const { isPending, hits } = found;
  const isNothing = hits.length === 0 && !isPending;
  return (
    <>
      <div className={clsx(isNothing ? 'sr-only' : 'flex min-h-12 shrink-0 items-center justify-between gap-3 ps-4 pe-3 pt-2')}>
        <p role="status" className="min-w-0 truncate text-muted text-sm">
          <StatusWords found={found} />
        </p>
        {!isNothing && (
          <Segmented
            label={t('order')}
            value={sort}
            onChange={(chosen) => change({ sort: chosen })}
            options={[
              { value: 'newest', label: t('newest') },
              { value: 'best', label: t('best') },
            ]}
          />
        )}
      </div>
      <Notes found={found} />
      {isNothing && (
        <EmptyState
          icon={<SearchX />}
          title={t('nothing')}
          text={
            <>
              {typed.trim() ? t('nothingFor', { typed: typed.trim() }) : t('nothingFits')} {t('try')}
            </>
          }
          action={<Wider />}
        />
      )}
    </>
  );
}

function StatusWords({ found: { answer, hits, isPending, without } }: { found: Found }) {
  const t = useTranslations('search');
  if (hits.length === 0) return isPending ? t('searching') : t('nothing');
  const value = Math.max(answer?.count.value ?? 0, hits.length);
  const isExact = answer ? answer.count.exact : without !== null;
  if (isPending && !answer && without === null) return t('searching');
  return isExact ? t('count', { count: value }) : t('countAtLeast', { count: value });
}

/** Notes on corrected words, and on messages that were not searched. */
function Notes({ found: { answer, without } }: { found: Found }) {
  const t = useTranslations('search');
  const clock = useClock();
  const notes = [
    answer?.correctedTo && t('corrected', { words: answer.correctedTo }),
    without && t(without === 'offline' ? 'offline' : 'away'),
    answer?.indexedUntil && t('indexedUntil', { time: clock.full(answer.indexedUntil) }),
    answer?.indexedSince && t('indexedSince', { day: clock.day(answer.indexedSince) }),
  ].filter((note): note is string => Boolean(note));
  if (notes.length === 0) return null;
  return (
    <ul className="mx-3 mt-1 flex shrink-0 flex-col gap-1 rounded-md bg-hover px-3 py-2 text-muted text-sm">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}

function Wider() {
  const t = useTranslations('search');
  const { chips, change } = useSession();
  if (chips.length === 0) return null;
  const isPlace = chips.length === 1 && chips[0]?.name === 'in';
  return <Button onClick={() => change({ chips: [] })}>{t(isPlace ? 'everywhere' : 'withoutFilters')}</Button>;
}
