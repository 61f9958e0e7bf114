import { type RefObject, useEffect } from 'react';

/**
 * Focuses the field that has `autofocus`, if the browser has not: on a page that loads slowly it sometimes does not. A focus that the
 * person has moved stays where it is.
 */
export function useFirstField(form: RefObject<HTMLFormElement | null>): void {
  useEffect(() => {
    if (document.activeElement && document.activeElement !== document.body) return;
    form.current?.querySelector<HTMLInputElement>('[autofocus]')?.focus();
  }, [form]);
}
