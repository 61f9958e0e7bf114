'use client';
import { clsx } from 'clsx';
import { Popover as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { useCloseOnBack } from '@/client/browser/back';

interface Props {
  trigger: ReactNode;
  /** For screen readers. */
  label: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  side?: 'top' | 'bottom' | 'left' | 'right';
  align?: 'start' | 'center' | 'end';
  /** called when the popover has closed; the trigger gets the focus unless this prevents the default */
  onCloseAutoFocus?: (event: Event) => void;
  className?: string;
  children: ReactNode;
}

export function Popover({ side = 'bottom', align = 'start', trigger, label, open, onOpenChange, children, ...rest }: Props) {
  useCloseOnBack(open, () => onOpenChange(false));
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          aria-label={label}
          onCloseAutoFocus={rest.onCloseAutoFocus}
          className={clsx('z-50 animate-appear rounded-lg bg-raised shadow-raised outline-none', rest.className)}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
