'use client';
import { useEffect } from 'react';
import { useTranslations } from '@/client/intl/translations';
import { useFrame } from '@/components/shell/frame';
import { closeSearch, useSearchState } from '@/components/shell/search-state';
import { ErrorBoundary } from '@/components/ui/error-boundary';
import { OnDemand, Part, usePrefetch } from '@/components/ui/on-demand';
import { Problem } from '@/components/ui/problem';

const panel = new Part(() => import('@/components/search/search-panel').then((file) => file.SearchPanel));
const parts = [panel];

/** The search panel: beside the screen on wide pages, over it on narrower ones, and instead of it on phones. */
export function SearchHost() {
  const t = useTranslations('search');
  const isOpen = useSearchState((state) => state.isOpen);
  // Prefetched, so that keys typed right after the shortcut reach the panel.
  usePrefetch(parts);
  useOnePanel(isOpen);
  if (!isOpen) return null;
  return (
    <>
      <div aria-hidden className="fixed inset-0 z-20 animate-appear bg-scrim lg:hidden" onClick={closeSearch} />
      <aside
        aria-label={t('title')}
        className="flex w-full flex-col border-line bg-surface max-lg:fixed max-lg:inset-y-0 max-lg:end-0 max-lg:z-30 max-lg:animate-appear max-lg:shadow-dialog sm:w-95 sm:border-s lg:shrink-0"
      >
        <ErrorBoundary fallback={(retry) => <Problem title={t('notShown')} onRetry={retry} />}>
          <OnDemand part={panel} with={{}} />
        </ErrorBoundary>
      </aside>
    </>
  );
}

/** Closes the details when the search opens, and the search when the details open: there is room for only one. */
function useOnePanel(isOpen: boolean): void {
  const showsDetails = useFrame(({ panelOpen, sheetOpen }) => panelOpen || sheetOpen);
  const closeDetails = useFrame((frame) => frame.closePanel);
  useEffect(() => {
    if (isOpen) closeDetails();
  }, [isOpen, closeDetails]);
  useEffect(() => {
    if (showsDetails) closeSearch();
  }, [showsDetails]);
}
