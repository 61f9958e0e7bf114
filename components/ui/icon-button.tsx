import { clsx } from 'clsx';
import type { ComponentProps, ReactNode } from 'react';
import { Tooltip } from '@/components/ui/tooltip';

interface Props extends Omit<ComponentProps<'button'>, 'name'> {
  /** The action, for the tooltip and for screen readers. */
  name: string;
  /** As written on the keys: 'Ctrl K' */
  shortcut?: string;
  side?: 'top' | 'bottom' | 'left' | 'right';
  children: ReactNode;
}

export function IconButton({ name, shortcut, side, className, children, type = 'button', ...rest }: Props) {
  return (
    <Tooltip label={name} shortcut={shortcut} side={side}>
      <button type={type} aria-label={name} className={clsx(iconButtonClass, className)} {...rest}>
        {children}
      </button>
    </Tooltip>
  );
}

export const iconButtonClass = clsx(
  'inline-flex size-8 shrink-0 items-center justify-center rounded-md text-muted transition-colors touch:size-11',
  'not-disabled:hover:bg-hover not-disabled:hover:text-text aria-pressed:bg-selected aria-pressed:text-accent-text data-[state=open]:bg-hover data-[state=open]:text-text disabled:opacity-40',
);
