'use client';
import { useClock } from '@/components/shell/clock';

/** A short time at the end of a line, with the full one as its title. */
export function ShortTime({ at }: { at: string }) {
  const clock = useClock();
  return (
    <time
      suppressHydrationWarning
      dateTime={at}
      title={clock.full(at)}
      className="ms-auto shrink-0 text-faint text-xs tabular-nums"
    >
      {clock.short(at)}
    </time>
  );
}
