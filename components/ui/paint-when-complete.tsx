import { clsx } from 'clsx';
import type { ReactNode } from 'react';

/** Nothing in it is painted before all of it has come in: what grows from its end or its middle would move with every piece. */
export function PaintWhenComplete({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <div className={clsx('[&:not(:has(>[data-whole]))]:opacity-0', className)}>
      {children}
      <span data-whole hidden />
    </div>
  );
}
