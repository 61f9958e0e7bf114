'use client';
import { clsx } from 'clsx';
import { X } from 'lucide-react';
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { useCloseOnBack } from '@/client/browser/back';
import { useTranslations } from '@/client/intl/translations';
import { useFrame } from '@/components/shell/frame';
import { ErrorBoundary } from '@/components/ui/error-boundary';
import { IconButton } from '@/components/ui/icon-button';
import { OnDemand, Part, usePrefetch } from '@/components/ui/on-demand';
import { Problem } from '@/components/ui/problem';
import { conversationKinds } from '@/lib/domain/conversations/kinds';
import type { Conversation } from '@/lib/domain/conversations/schema';

const ofGroup = new Part(() => import('@/components/conversations/group-details').then((file) => file.GroupDetails));
const ofDirect = new Part(() => import('@/components/conversations/direct-details').then((file) => file.DirectDetails));
const parts = [ofGroup, ofDirect];

/** Beside the conversation where there is space, otherwise over it. */
export function DetailsPanel({ conversation }: { conversation: Conversation }) {
  const t = useTranslations('conversations');
  const panelOpen = useFrame((frame) => frame.panelOpen);
  const sheetOpen = useFrame((frame) => frame.sheetOpen);
  const close = useFrame((frame) => frame.closePanel);
  const closeSheet = useFrame((frame) => frame.closeSheet);
  const openedHere = useFrame((frame) => frame.panelOpenedHere);
  const leavePanel = useFrame((frame) => frame.leavePanel);
  usePrefetch(parts);
  useEscape(sheetOpen, closeSheet);
  useCloseOnBack(sheetOpen, closeSheet);
  useCloseOnBack(panelOpen && openedHere, close, leavePanel);
  const aside = useFocusBack(panelOpen || sheetOpen);
  if (!panelOpen && !sheetOpen) return null;
  return (
    <>
      {sheetOpen && <div aria-hidden className="fixed inset-0 z-20 animate-appear bg-scrim lg:hidden" onClick={closeSheet} />}
      <aside
        ref={aside}
        aria-label={t('details')}
        className={clsx(
          'flex-col border-line bg-surface max-lg:fixed max-lg:inset-y-0 max-lg:end-0 max-lg:z-30 max-lg:animate-appear max-lg:shadow-dialog',
          'w-full sm:w-95 sm:border-s',
          sheetOpen ? 'flex' : 'hidden',
          panelOpen ? 'lg:flex' : 'lg:hidden',
        )}
      >
        <header className="flex min-h-14 shrink-0 items-center justify-between border-line border-b ps-4 pe-3 safe-top">
          <h2 className="font-semibold text-md">{t('details')}</h2>
          <IconButton name={t('closeDetails')} side="bottom" onClick={close}>
            <X />
          </IconButton>
        </header>
        <div className="min-h-0 flex-1 overflow-y-auto safe-bottom">
          <ErrorBoundary of={conversation} fallback={(retry) => <Problem title={t('detailsNotShown')} onRetry={retry} />}>
            <OnDemand part={conversationKinds[conversation.kind].membersManaged ? ofGroup : ofDirect} with={{ conversation }} />
          </ErrorBoundary>
        </div>
      </aside>
    </>
  );
}

/** Returns the focus from the closing panel to the button that opens it. */
function useFocusBack(isOpen: boolean): RefObject<HTMLElement | null> {
  const aside = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const panel = aside.current;
    if (!isOpen || !panel) return;
    return () => {
      // While the panel is being removed, it still has the focus.
      const hadFocus = panel.contains(document.activeElement) || document.activeElement === document.body;
      if (hadFocus) document.querySelector<HTMLElement>('[data-details-button]')?.focus({ preventScroll: true });
    };
  }, [isOpen]);
  return aside;
}

function useEscape(active: boolean, close: () => void): void {
  useEffect(() => {
    if (!active) return;
    const press = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) close();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [active, close]);
}
