'use client';
import { clsx } from 'clsx';
import { RadioGroup } from 'radix-ui';
import type { ReactNode } from 'react';

interface Props<Value extends string> {
  label: string;
  value: Value;
  options: { value: Value; label: string; icon?: ReactNode }[];
  onChange: (value: Value) => void;
  disabled?: boolean;
}

/** A choice between a few options, side by side. */
export function Segmented<Value extends string>({ label, value, options, onChange, disabled }: Props<Value>) {
  return (
    <RadioGroup.Root
      aria-label={label}
      value={value}
      disabled={disabled}
      onValueChange={(chosen) => onChange(chosen as Value)}
      className="flex gap-0.5 rounded-md bg-hover p-0.5"
    >
      {options.map((option) => (
        <RadioGroup.Item key={option.value} value={option.value} className={itemClass}>
          {option.icon}
          {option.label}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}

const itemClass = clsx(
  'flex h-8 flex-1 items-center justify-center gap-2 whitespace-nowrap rounded-sm px-3 font-medium text-muted text-sm transition-colors touch:h-11',
  'hover:text-text data-[state=checked]:bg-thumb data-[state=checked]:text-text data-[state=checked]:shadow-sm [&_svg]:size-4',
);

interface CardProps<Value extends string> extends Omit<Props<Value>, 'options'> {
  options: { value: Value; label: string; hint: string; icon: ReactNode }[];
}

/** A choice between two or three options that need an explanation. */
export function ChoiceCards<Value extends string>({ label, value, options, onChange, disabled }: CardProps<Value>) {
  return (
    <RadioGroup.Root
      aria-label={label}
      value={value}
      disabled={disabled}
      onValueChange={(chosen) => onChange(chosen as Value)}
      className="flex flex-col gap-2"
    >
      {options.map((option) => (
        <RadioGroup.Item key={option.value} value={option.value} className={cardClass}>
          <span className="mt-0.5 text-muted group-data-[state=checked]:text-accent-text">{option.icon}</span>
          <span className="min-w-0 flex-1">
            <span className="block font-medium">{option.label}</span>
            <span className="block text-muted text-sm">{option.hint}</span>
          </span>
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}

const cardClass =
  'group flex w-full items-start gap-3 rounded-lg border border-line-strong px-3 py-2.5 text-start transition-colors data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft not-disabled:data-[state=unchecked]:hover:bg-hover disabled:opacity-60';
