import type { ReactNode } from 'react';
import { useEarlyPress } from '@/client/browser/early-press';
import { BrowserLanguage } from '@/components/shell/language-select';
import { PaintWhenComplete } from '@/components/ui/paint-when-complete';
import { Wordmark } from '@/components/ui/wordmark';

interface Props {
  /** the title of the browser's tab */
  page: string;
  title: string;
  text?: string;
  children: ReactNode;
  footer: ReactNode;
}

/** The plain layout of the sign-in and registration pages. */
export function AuthFrame({ page, title, text, children, footer }: Props) {
  useEarlyPress();
  return (
    <div className="flex min-h-dvh flex-col bg-surface px-4 safe-bottom safe-top">
      <title>{page}</title>
      {/* Hidden until it is complete: centred content would move with every part that arrives. */}
      <main className="m-auto w-full max-w-92 py-10 [&:not(:has([data-whole]))]:hidden">
        <PaintWhenComplete>
          <div className="mb-6 flex justify-center">
            <Wordmark />
          </div>
          <div className="rounded-lg border border-line bg-raised p-6 shadow-sm">
            <h1 className="font-semibold text-lg">{title}</h1>
            {text && <p className="mt-1 text-muted">{text}</p>}
            <div className="mt-5">{children}</div>
          </div>
          {footer && <p className="mt-5 text-center text-muted">{footer}</p>}
          <div className="mt-6 flex justify-center">
            <BrowserLanguage />
          </div>
        </PaintWhenComplete>
      </main>
    </div>
  );
}

export const textLinkClass = 'rounded-sm font-medium text-accent-text underline-offset-4 hover:underline';
