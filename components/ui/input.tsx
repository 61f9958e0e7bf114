import { clsx } from 'clsx';
import type { ComponentProps } from 'react';

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input dir="auto" className={clsx('field h-9 touch:h-11', className)} {...rest} />;
}

export function Textarea({ className, rows = 3, ...rest }: ComponentProps<'textarea'>) {
  return <textarea dir="auto" rows={rows} className={clsx('field resize-none py-2', className)} {...rest} />;
}
