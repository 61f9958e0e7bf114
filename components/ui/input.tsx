import { clsx } from 'clsx';
import type { ComponentProps } from 'react';

/** A blank for a placeholder tells the style of an empty field, in which `dir="auto"` has nothing to go by. */
export function Input({ className, placeholder = ' ', ...rest }: ComponentProps<'input'>) {
  return <input dir="auto" placeholder={placeholder} className={clsx('field h-9 touch:h-11', className)} {...rest} />;
}

export function Textarea({ className, rows = 3, placeholder = ' ', ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea
      dir="auto"
      placeholder={placeholder}
      rows={rows}
      className={clsx('field resize-none py-2', className)}
      {...rest}
    />
  );
}
