/** A time span in milliseconds since 1970; `until` is exclusive. */
export interface Span {
  from: number;
  until: number;
}

const calendarDay = /^(\d{4})-(\d{2})-(\d{2})$/;
const dayMs = 86_400_000;

/** Whether the value is a day: `2026-11-20`, `today` or `yesterday`. */
export function isDay(value: string): boolean {
  return value === 'today' || value === 'yesterday' || startInUtc(value) !== null;
}

/**
 * The time span of a day in a time zone, for a value that `isDay` accepts. Some days have 23 or 25 hours.
 * @param timeZone an IANA name; an unknown one counts as UTC
 * @param now milliseconds since 1970
 */
export function dayIn(value: string, timeZone: string, now: number): Span {
  const offsetAt = offsetIn(timeZone);
  const today = Math.floor((now + offsetAt(now)) / dayMs) * dayMs;
  const day = value === 'today' ? today : value === 'yesterday' ? today - dayMs : (startInUtc(value) ?? today);
  return { from: startOf(day, offsetAt), until: startOf(day + dayMs, offsetAt) };
}

function startInUtc(value: string): number | null {
  const [, year, month, day] = calendarDay.exec(value) ?? [];
  if (!year) return null;
  const start = Date.UTC(Number(year), Number(month) - 1, Number(day));
  return new Date(start).toISOString().startsWith(value) ? start : null;
}

/** Midnight in the time zone. Corrected twice, because the first guess may be on the other side of a clock change. */
function startOf(day: number, offsetAt: (at: number) => number): number {
  const guess = day - offsetAt(day);
  return day - offsetAt(guess);
}

/** The offset of the time zone from UTC at a moment, in milliseconds. */
function offsetIn(timeZone: string): (at: number) => number {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', { ...fields, timeZone });
  } catch {
    return () => 0;
  }
  return (at) => {
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1_000) * 1_000;
  };
}

const fields: Intl.DateTimeFormatOptions = {
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
};
