import { clsx } from 'clsx';
import type { ComponentProps } from 'react';
import { Spinner } from '@/components/ui/spinner';

interface Look {
  look?: 'primary' | 'secondary' | 'quiet' | 'danger';
  size?: 'small' | 'normal' | 'large';
}

interface Props extends Look, ComponentProps<'button'> {
  /** Shows a spinner and disables the button, whose width stays the same. */
  busy?: boolean;
}

export function Button({ look, size, busy = false, className, children, type = 'button', disabled, ...rest }: Props) {
  return (
    <button
      type={type}
      className={clsx(buttonClass({ look, size }), className)}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...rest}
    >
      <span className={clsx('flex items-center justify-center gap-2', busy && 'opacity-0')}>{children}</span>
      {busy && <Spinner className="absolute" />}
    </button>
  );
}

/** The classes of a button, for a link that looks like one. */
export function buttonClass({ look = 'secondary', size = 'normal' }: Look = {}): string {
  return clsx(
    'relative inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap rounded-md font-medium transition-colors touch:min-h-11',
    'disabled:opacity-50',
    sizes[size],
    looks[look],
  );
}

const sizes = { small: 'h-8 px-3 text-sm', normal: 'h-9 px-4 text-base', large: 'h-10 px-4 text-base' };

const looks = {
  primary: 'bg-accent text-on-accent not-disabled:hover:bg-accent-hover',
  secondary: 'border border-line-strong bg-raised text-text not-disabled:hover:bg-hover',
  quiet: 'text-muted not-disabled:hover:bg-hover not-disabled:hover:text-text',
  danger: 'bg-danger-ground text-on-accent not-disabled:hover:opacity-90',
};
