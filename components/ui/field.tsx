'use client';
import { type ReactNode, type RefObject, useEffect, useId, useRef } from 'react';

interface Props {
  label: string;
  /** Small text beside the label, such as 'optional' */
  aside?: ReactNode;
  hint?: ReactNode;
  error?: string;
  /** Receives the attributes that connect the control to its label, hint and error. */
  children: (control: ControlProps) => ReactNode;
}

export interface ControlProps {
  id: string;
  'aria-invalid': boolean | undefined;
  'aria-describedby': string | undefined;
}

/** A labelled control with a hint. An error replaces the hint, so that the layout does not move. */
export function Field({ label, aside, hint, error, children }: Props) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-baseline justify-between gap-2">
        <label htmlFor={id} className="font-medium text-sm">
          {label}
        </label>
        {aside && <span className="text-faint text-xs">{aside}</span>}
      </div>
      {children({ id, 'aria-invalid': error ? true : undefined, 'aria-describedby': note ? `${id}-note` : undefined })}
      {note && (
        <p
          id={`${id}-note`}
          role={error ? 'alert' : undefined}
          className={error ? 'text-danger text-xs' : 'text-faint text-xs'}
        >
          {note}
        </p>
      )}
    </div>
  );
}

/** Focuses the first invalid field when the problems of a form change. @returns the form's ref */
export function useFocusProblem(problems: object): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every new set of problems counts
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problems]);
  return form;
}
