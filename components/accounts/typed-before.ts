import { type RefObject, useEffect, useRef } from 'react';

/** Takes over values that were typed or filled in before the page's scripts ran. The first render would otherwise erase them. */
export function useTypedBefore(form: RefObject<HTMLFormElement | null>, take: (name: string, value: string) => void): void {
  const latest = useRef(take);
  useEffect(() => {
    if (!form.current) return;
    for (const [name, value] of new FormData(form.current))
      if (typeof value === 'string' && value !== '') latest.current(name, value);
  }, [form]);
}
