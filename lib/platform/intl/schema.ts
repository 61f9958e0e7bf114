import type { Direction } from '@/lib/platform/text/direction';

/** The languages of the interface, each with its catalogue in locales/: by their own names, in the order in which they are offered. */
export const locales = {
  ar: { name: 'العربية', direction: 'rtl' },
  de: { name: 'Deutsch', direction: 'ltr' },
  en: { name: 'English', direction: 'ltr' },
  es: { name: 'Español', direction: 'ltr' },
  fr: { name: 'Français', direction: 'ltr' },
  he: { name: 'עברית', direction: 'rtl' },
  ja: { name: '日本語', direction: 'ltr' },
  'pt-BR': { name: 'Português (Brasil)', direction: 'ltr' },
  'zh-CN': { name: '简体中文', direction: 'ltr' },
} as const satisfies Record<string, { name: string; direction: Direction }>;

export type Locale = keyof typeof locales;

export const localeNames = Object.keys(locales) as Locale[];

export const standardLocale: Locale = 'en';

/** The language that was chosen in this browser; without one the browser's own languages decide. */
export const localeCookie = 'parley-locale';

export const isLocale = (value: unknown): value is Locale => typeof value === 'string' && Object.hasOwn(locales, value);

/** What the names of emoji are in: Emojibase has none in Arabic and Hebrew. */
export const emojiLanguages = ['de', 'en', 'es', 'fr', 'ja', 'pt', 'zh'] as const;

export type EmojiLanguage = (typeof emojiLanguages)[number];

export const emojiLanguage = (locale: Locale): EmojiLanguage =>
  emojiLanguages.find((language) => locale.split('-')[0] === language) ?? 'en';

/**
 * The first of the wanted languages that there is a catalogue for, in whatever region, if it is written in the same script: Austrian
 * German is served by German, traditional Chinese not by simplified.
 * @param wanted BCP 47 tags, the best first
 */
export function negotiate(wanted: readonly string[]): Locale {
  for (const tag of wanted) {
    const writing = writingOf(tag);
    const found = writing && localeNames.find((locale) => writingOf(locale) === writing);
    if (found) return found;
  }
  return standardLocale;
}

/** The tags of an Accept-Language header (RFC 9110, section 12.5.4), the best first. */
export function acceptedLanguages(header: string | null | undefined): string[] {
  return (header ?? '')
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';').map((piece) => piece.trim());
      const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return { tag, quality: quality === undefined ? 1 : Number(quality) || 0 };
    })
    .filter(({ tag, quality }) => tag !== '' && tag !== '*' && quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);
}

/**
 * What dates and numbers are written in: the browser's own variant of the interface's language (en-GB, de-AT, ar-EG), else the
 * language itself. Arabic of no country is written with the digits that the names and times around it mostly have.
 */
export function regionalLocale(locale: Locale, browser: string): string {
  if (writingOf(browser) === writingOf(locale) && browser.includes('-')) return browser;
  return locale === 'ar' ? 'ar-u-nu-latn' : locale;
}

/** Language and script, as 'zh-Hans'; null for what is no language. */
function writingOf(tag: string): string | null {
  try {
    const { language, script } = new Intl.Locale(tag).maximize();
    return `${language}-${script}`;
  } catch {
    return null;
  }
}
