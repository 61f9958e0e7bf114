/** Fallbacks for when the browser does not report a time zone or locale, or the server does not support them. */
const fallbackZone = 'UTC';
const fallbackLocale = 'en';

/** The time zone, if it is supported, else the fallback. Browsers report 'Etc/Unknown' or nothing when the system has none. */
export function knownZone(zone: unknown): string {
  if (typeof zone !== 'string' || zone === '') return fallbackZone;
  try {
    new Intl.DateTimeFormat(fallbackLocale, { timeZone: zone });
    return zone;
  } catch {
    return fallbackZone;
  }
}

/** The locale, if it is supported, else the fallback. 'C', 'POSIX' or 'de_DE' would throw or use the system's format. */
export function knownLocale(locale: unknown): string {
  if (typeof locale !== 'string') return fallbackLocale;
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(locale).length > 0 ? locale : fallbackLocale;
  } catch {
    return fallbackLocale;
  }
}

/** The time zone and locale of this browser. */
export function ownClock(): { zone: string; locale: string } {
  try {
    const { timeZone, locale } = new Intl.DateTimeFormat().resolvedOptions();
    return { zone: knownZone(timeZone), locale: knownLocale(locale) };
  } catch {
    return { zone: fallbackZone, locale: fallbackLocale };
  }
}

/**
 * Formats times.
 * @param without the part of the format to leave out
 * @returns a function from ISO times to text; falls back to ISO format in UTC when Intl fails
 */
export function timeWriter(
  locale: string,
  timeZone: string,
  options: Intl.DateTimeFormatOptions,
  without?: Intl.DateTimeFormatPartTypes,
): (iso: string) => string {
  try {
    const formatter = new Intl.DateTimeFormat(knownLocale(locale), { timeZone: knownZone(timeZone), ...options });
    // Some browsers cannot take a time apart: there it is whole.
    if (!without || !formatter.formatToParts) return (iso) => formatter.format(new Date(iso));
    const isWanted = ({ type }: Intl.DateTimeFormatPart) => type !== without;
    const partsOf = (iso: string) => formatter.formatToParts(new Date(iso)).filter(isWanted);
    return (iso) => partsOf(iso).reduce((text, { value }) => text + value, '');
  } catch {
    return (iso) => isoFormat(new Date(iso).toISOString(), options);
  }
}

/** 2026-03-30, 14:32, or both */
function isoFormat(iso: string, { hour, timeStyle, dateStyle }: Intl.DateTimeFormatOptions): string {
  const [day, time] = [iso.slice(0, 10), iso.slice(11, 16)];
  if (dateStyle && timeStyle) return `${day} ${time}`;
  return hour ? time : day;
}

/** 'Today', 'Gestern', 'أمس': as it stands by itself, with a capital where there are any. */
export function dayName(locale: string, days: 0 | -1): string {
  try {
    const name = new Intl.RelativeTimeFormat(knownLocale(locale), { numeric: 'auto' }).format(days, 'day');
    const [first = '', ...rest] = name;
    return first.toLocaleUpperCase(locale) + rest.join('');
  } catch {
    return days === 0 ? 'Today' : 'Yesterday';
  }
}
