'use client';
import { clsx } from 'clsx';
import type { CSSProperties, ReactNode } from 'react';
import { useBack } from '@/client/browser/back';
import { useEarlyPress } from '@/client/browser/early-press';
import { useTranslations } from '@/client/intl/translations';
import { SessionExpired } from '@/components/accounts/session-expired';
import { FrameDialogs } from '@/components/conversations/frame-dialogs';
import { useFrameKeys } from '@/components/conversations/frame-keys';
import { useIsFirstRun } from '@/components/conversations/home-screen';
import { useScreen } from '@/components/conversations/navigate';
import { PageTitle } from '@/components/conversations/page-title';
import { ResizeHandle } from '@/components/conversations/resize-handle';
import { Sidebar } from '@/components/conversations/sidebar';
import { DropZone } from '@/components/messages/drop-zone';
import { useFollowLanguage } from '@/components/shell/follow-language';
import { useFrame } from '@/components/shell/frame';

/**
 * The frame: sidebar and screen side by side, or on a narrow page the one of the two that was asked for.
 * @param aside stands beside every screen, or over it
 */
export function Shell({ aside, children }: { aside: ReactNode; children: ReactNode }) {
  const t = useTranslations('conversations');
  // On a narrow page the first steps replace the empty list.
  const isFirstRun = useIsFirstRun();
  const showsList = useScreen() === 'list' && !isFirstRun;
  const width = useFrame((frame) => frame.sidebarWidth);
  useBack();
  useFrameKeys();
  useEarlyPress();
  useFollowLanguage();
  return (
    <div className="flex h-dvh overflow-hidden bg-bg" style={{ '--sidebar': `${width}px` } as CSSProperties}>
      <aside
        aria-label={t('conversations')}
        className={clsx(
          'relative flex w-full shrink-0 flex-col border-line bg-surface sm:w-(--sidebar) sm:border-e',
          !showsList && 'max-sm:hidden',
        )}
      >
        <Sidebar />
        <ResizeHandle />
      </aside>
      <main className={clsx('relative flex min-w-0 flex-1 flex-col', showsList && 'max-sm:hidden')}>{children}</main>
      {aside}
      <PageTitle />
      <FrameDialogs />
      <DropZone />
      <SessionExpired />
    </div>
  );
}
