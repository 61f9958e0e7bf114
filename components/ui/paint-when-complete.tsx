import { clsx } from 'clsx';
import type { ReactNode } from 'react';

/** Hides its content until all of it has arrived, because content that grows from its end or middle would move with every chunk. */
export function PaintWhenComplete({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <div className={clsx('[&:not(:has(>[data-whole]))]:opacity-0', className)}>
      {children}
      <span data-whole hidden />
    </div>
  );
}
