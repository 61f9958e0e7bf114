'use client';
import { Search } from 'lucide-react';
import type { KeyboardEvent, Ref } from 'react';
import { useTranslations } from '@/client/intl/translations';
import { useSession } from '@/components/search/session';
import type { useListCursor } from '@/components/ui/list-cursor';

interface Props {
  ref: Ref<HTMLInputElement>;
  cursor: ReturnType<typeof useListCursor>['field'];
}

/** The search field. Backspace at its beginning removes the last filter. */
export function SearchField({ ref, cursor }: Props) {
  const t = useTranslations('search');
  const { typed, chips, change } = useSession();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Backspace' && typed === '' && chips.length > 0) change({ chips: chips.slice(0, -1) });
    else cursor.onKeyDown(event);
  };
  return (
    <span className="relative flex min-w-0 flex-1 items-center">
      <Search className="pointer-events-none absolute start-2.5 size-4 text-faint" />
      <input
        {...cursor}
        ref={ref}
        type="search"
        aria-label={t('field')}
        placeholder={t('field')}
        dir="auto"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="search"
        maxLength={1_000}
        value={typed}
        onChange={(event) => change({ typed: event.target.value })}
        onKeyDown={onKeyDown}
        className="h-9 w-full min-w-0 rounded-md border border-transparent bg-hover ps-8 pe-2 transition-colors hover:border-line focus-visible:border-transparent focus-visible:bg-raised focus-visible:outline-offset-0 touch:h-11 [&::-webkit-search-cancel-button]:hidden"
      />
    </span>
  );
}
