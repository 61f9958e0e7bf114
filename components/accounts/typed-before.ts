import { type RefObject, useEffect, useRef } from 'react';

/**
 * What was typed, or filled in by the browser, before the page's scripts ran: it stands in the fields, and the first render
 * that did not know of it would erase it.
 */
export function useTypedBefore(form: RefObject<HTMLFormElement | null>, take: (name: string, value: string) => void): void {
  const latest = useRef(take);
  useEffect(() => {
    if (!form.current) return;
    for (const [name, value] of new FormData(form.current))
      if (typeof value === 'string' && value !== '') latest.current(name, value);
  }, [form]);
}
