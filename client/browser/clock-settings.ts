/** What a clock falls back to: a browser may not know where it is, and a server may not know what a browser knows. */
const standardZone = 'UTC';
const standardLocale = 'en';

/** The time zone, if it is one that is known here. Browsers say 'Etc/Unknown' or nothing where the system names none. */
export function knownZone(zone: unknown): string {
  if (typeof zone !== 'string' || zone === '') return standardZone;
  try {
    new Intl.DateTimeFormat(standardLocale, { timeZone: zone });
    return zone;
  } catch {
    return standardZone;
  }
}

/** The language, if times can be written in it here: of 'C', 'POSIX' or 'de_DE' a clock would throw, or write as the system does. */
export function knownLocale(locale: unknown): string {
  if (typeof locale !== 'string') return standardLocale;
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(locale).length > 0 ? locale : standardLocale;
  } catch {
    return standardLocale;
  }
}

/** Where and in which language this browser's reader is. */
export function ownClock(): { zone: string; locale: string } {
  try {
    const { timeZone, locale } = new Intl.DateTimeFormat().resolvedOptions();
    return { zone: knownZone(timeZone), locale: knownLocale(locale) };
  } catch {
    return { zone: standardZone, locale: standardLocale };
  }
}

/** @returns what writes a time so; where the browser's own parts do not, by the clock of UTC, as a number of fields */
export function timeWriter(locale: string, timeZone: string, options: Intl.DateTimeFormatOptions): (iso: string) => string {
  try {
    const formatter = new Intl.DateTimeFormat(knownLocale(locale), { timeZone: knownZone(timeZone), ...options });
    return (iso) => formatter.format(new Date(iso));
  } catch {
    return (iso) => plainly(new Date(iso).toISOString(), options);
  }
}

/** 2026-03-30, 14:32, or both */
function plainly(iso: string, { hour, timeStyle, dateStyle }: Intl.DateTimeFormatOptions): string {
  const [day, time] = [iso.slice(0, 10), iso.slice(11, 16)];
  if (dateStyle && timeStyle) return `${day} ${time}`;
  return hour ? time : day;
}
