import type { ReactNode } from 'react';

/** A column of which nothing is painted before all of it has come in: what grows from its end would move with every piece. */
export function Whole({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-0 flex-1 flex-col [&:not(:has(>[data-whole]))]:invisible">
      {children}
      <span data-whole hidden />
    </div>
  );
}
