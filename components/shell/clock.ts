'use client';
import { dayName, timeWriter } from '@/client/browser/clock-settings';
import { useLocaleTag } from '@/client/intl/translations';
import { useFrame } from '@/components/shell/frame';
import { BoundedMap } from '@/lib/platform/memory/bounded-map';

export interface Clock {
  /** 14:32, 2:32 PM */
  time: (iso: string) => string;
  /** the same without AM or PM: 14:32, 2:32 */
  bareTime: (iso: string) => string;
  /** Today, Yesterday, Monday, 3 November, 3 November 2025 */
  day: (iso: string) => string;
  /** short, for lists: 14:32, Yesterday, Mon, 3 Nov */
  short: (iso: string) => string;
  /** November 2025 */
  month: (iso: string) => string;
  /** in full, for a tooltip */
  full: (iso: string) => string;
  /** a key of the day, equal for all times of one day */
  dayKey: (iso: string) => string;
  /** 0 today, 1 yesterday, by the calendar */
  daysAgo: (iso: string) => number;
}

/**
 * Formats times in the reader's zone and locale. The server reads both from the cookie of an earlier visit. Set
 * `suppressHydrationWarning` on the <time>, because midnight may fall between the server's render and hydration.
 */
export function useClock(): Clock {
  const zone = useFrame((frame) => frame.zone);
  const locale = useLocaleTag();
  return clockFor(zone, locale);
}

const clocks = new BoundedMap<string, Clock>(50);

/**
 * The shared clock of a zone and locale. Creating the formatters takes milliseconds, and every row of a page shows times, so all
 * components share one, and on the server all requests.
 */
export function clockFor(timeZone: string, locale: string): Clock {
  const key = `${timeZone} ${locale}`;
  const clock = clocks.get(key) ?? createClock(timeZone, locale);
  // Set again, so that the one that was not used for longest goes first.
  clocks.set(key, clock);
  return clock;
}

export function createClock(timeZone: string, locale: string): Clock {
  const format = (options: Intl.DateTimeFormatOptions, without?: Intl.DateTimeFormatPartTypes) => {
    let write: ((iso: string) => string) | undefined;
    return (iso: string) => {
      write ??= timeWriter(locale, timeZone, options, without);
      // Node and browsers disagree on the narrow space before AM and PM.
      return write(iso).replaceAll('\u202f', ' ').trim();
    };
  };
  const clock = { hour: 'numeric', minute: '2-digit' } as const;
  const time = format(clock);
  const today = dayName(locale, 0);
  const yesterday = dayName(locale, -1);
  const dayKey = timeWriter('en-CA', timeZone, { year: 'numeric', month: '2-digit', day: '2-digit' });
  const names = {
    weekday: format({ weekday: 'long' }),
    shortWeekday: format({ weekday: 'short' }),
    day: format({ weekday: 'long', day: 'numeric', month: 'long' }),
    shortDay: format({ day: 'numeric', month: 'short' }),
    year: format({ day: 'numeric', month: 'long', year: 'numeric' }),
    shortYear: format({ day: 'numeric', month: 'numeric', year: '2-digit' }),
  };
  const daysAgo = (iso: string) => daysBetween(dayKey(iso), dayKey(new Date().toISOString()));
  const sameYear = (iso: string) => dayKey(iso).slice(0, 4) === dayKey(new Date().toISOString()).slice(0, 4);

  return {
    time,
    bareTime: format(clock, 'dayPeriod'),
    dayKey,
    daysAgo,
    day: (iso) =>
      recentDay(daysAgo(iso), today, yesterday, names.weekday(iso)) ?? (sameYear(iso) ? names.day(iso) : names.year(iso)),
    short: (iso) =>
      recentDay(daysAgo(iso), time(iso), yesterday, names.shortWeekday(iso)) ??
      (sameYear(iso) ? names.shortDay(iso) : names.shortYear(iso)),
    month: format({ month: 'long', year: 'numeric' }),
    full: format({ dateStyle: 'long', timeStyle: 'short' }),
  };
}

function recentDay(daysAgo: number, today: string, yesterday: string, weekday: string): string | null {
  if (daysAgo <= 0) return today;
  if (daysAgo === 1) return yesterday;
  return daysAgo < 7 ? weekday : null;
}

/** Counts calendar days, so daylight saving has no effect. */
function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
