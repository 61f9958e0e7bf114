'use client';
import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { openList } from '@/components/conversations/navigate';
import { iconButtonClass } from '@/components/ui/icon-button';

/** The bar over a screen, level with the sidebar's; on a narrow page the way back stands at its left. */
export function ScreenHeader({ children }: { children: ReactNode }) {
  return (
    <header className="flex min-h-14 shrink-0 items-center gap-3 border-line border-b pr-3 pl-2 safe-top sm:pl-4">
      <button type="button" aria-label="Back to the list" onClick={openList} className={`sm:hidden! ${iconButtonClass}`}>
        <ArrowLeft />
      </button>
      {children}
    </header>
  );
}
