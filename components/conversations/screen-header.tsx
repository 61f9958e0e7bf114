'use client';
import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from '@/client/intl/translations';
import { openList } from '@/components/conversations/navigate';
import { iconButtonClass } from '@/components/ui/icon-button';

/** The bar at the top of a screen, aligned with the sidebar's. On a narrow page it begins with the back button. */
export function ScreenHeader({ children }: { children: ReactNode }) {
  const t = useTranslations('conversations');
  return (
    <header className="@container flex min-h-14 shrink-0 items-center gap-3 border-line border-b ps-2 pe-3 safe-top sm:ps-4">
      <button type="button" aria-label={t('backToList')} onClick={openList} className={`sm:hidden! ${iconButtonClass}`}>
        <ArrowLeft className="rtl:-scale-x-100" />
      </button>
      {children}
    </header>
  );
}
