'use client';
import { History, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from '@/client/intl/translations';
import { useMe } from '@/client/state/queries';
import { useChipWords } from '@/components/search/chip-words';
import { forgetRecent, readRecent, type Searched, useSession } from '@/components/search/session';
import { IconButton } from '@/components/ui/icon-button';

/** Recent searches, shown before anything is typed. @param onChosen moves the focus back to the field */
export function SearchStart({ onChosen }: { onChosen: () => void }) {
  const t = useTranslations('search');
  const me = useMe();
  const [recent, setRecent] = useState(() => readRecent(me.id));
  const { change } = useSession();
  if (recent.length === 0) return <p className="px-4 py-6 text-balance text-center text-muted text-sm">{t('hint')}</p>;
  return (
    <section aria-label={t('recent')} className="min-h-0 flex-1 overflow-y-auto p-2">
      <div className="flex items-center justify-between ps-2">
        <h2 className="font-medium text-muted text-sm">{t('recent')}</h2>
        <IconButton
          name={t('forgetRecent')}
          onClick={() => {
            forgetRecent(me.id);
            setRecent([]);
            onChosen();
          }}
        >
          <X className="size-4!" />
        </IconButton>
      </div>
      {recent.map((searched) => (
        <button
          key={JSON.stringify(searched)}
          type="button"
          onClick={() => {
            change(searched);
            onChosen();
          }}
          className="flex min-h-9 w-full items-center gap-2.5 rounded-md px-2 text-start transition-colors hover:bg-hover touch:min-h-11"
        >
          <History aria-hidden className="size-4! shrink-0 text-faint" />
          <RecentWords searched={searched} />
        </button>
      ))}
    </section>
  );
}

function RecentWords({ searched: { typed, chips } }: { searched: Searched }) {
  const chipWords = useChipWords();
  return (
    <span dir="auto" className="min-w-0 truncate">
      {[typed, ...chips.map(chipWords)].filter(Boolean).join(' · ')}
    </span>
  );
}
