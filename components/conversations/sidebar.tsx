'use client';
import { Search, SquarePen } from 'lucide-react';
import { useState } from 'react';
import { useIsApple } from '@/client/browser/mounted';
import { useTranslations } from '@/client/intl/translations';
import { ConnectionLine } from '@/components/conversations/connection-line';
import { openSettings } from '@/components/conversations/navigate';
import { SearchResults } from '@/components/conversations/search-results';
import { SidebarList } from '@/components/conversations/sidebar-list';
import { HttpsNotice } from '@/components/settings/https-notice';
import { useFrame } from '@/components/shell/frame';
import { ErrorBoundary } from '@/components/ui/error-boundary';
import { IconButton } from '@/components/ui/icon-button';
import { Kbd } from '@/components/ui/kbd';
import { Problem } from '@/components/ui/problem';
import { OwnMenu } from '@/components/users/own-menu';

/** The search field, the list, and the signed-in person. */
export function Sidebar() {
  const t = useTranslations('conversations');
  const ui = useTranslations('ui');
  const [typed, setTyped] = useState('');
  const isApple = useIsApple();
  const openDialog = useFrame((frame) => frame.openDialog);
  return (
    <>
      <div className="flex h-14 shrink-0 items-center gap-1 border-line border-b ps-3 pe-2 safe-top max-sm:h-auto max-sm:min-h-14">
        <label className="group relative flex min-w-0 flex-1 items-center">
          <span className="sr-only">{t('findLabel')}</span>
          <Search className="pointer-events-none absolute start-2.5 size-4 text-faint" />
          <input
            type="search"
            data-jump-field
            placeholder={t('find')}
            dir="auto"
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') setTyped('');
            }}
            className="h-8 w-full min-w-0 rounded-md border border-transparent bg-hover ps-8 pe-14 transition-colors hover:border-line focus-visible:border-transparent focus-visible:bg-raised focus-visible:outline-offset-0 touch:h-11 [&::-webkit-search-cancel-button]:hidden"
          />
          {typed === '' && (
            <span className="pointer-events-none absolute end-1.5 group-focus-within:hidden touch:hidden" aria-hidden>
              <Kbd>{isApple ? '⌘ K' : `${ui('ctrl')} K`}</Kbd>
            </span>
          )}
        </label>
        <IconButton name={t('newMessage')} side="bottom" onClick={() => openDialog('direct')}>
          <SquarePen />
        </IconButton>
      </div>
      <nav
        aria-label={t('conversations')}
        className="flex min-h-0 flex-1 flex-col overflow-y-auto overscroll-contain px-2 py-2"
      >
        <ErrorBoundary of={typed} fallback={(retry) => <Problem title={t('listNotShown')} onRetry={retry} />}>
          {typed.trim() === '' ? <SidebarList /> : <SearchResults typed={typed} onChosen={() => setTyped('')} />}
        </ErrorBoundary>
      </nav>
      <HttpsNotice />
      <footer className="shrink-0 border-line border-t px-2 py-2 safe-bottom">
        <div className="flex items-center gap-1">
          <OwnMenu onSettings={openSettings} onStatus={() => openDialog('status')} onInvite={() => openDialog('invite')}>
            <ConnectionLine />
          </OwnMenu>
        </div>
      </footer>
    </>
  );
}
