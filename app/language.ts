import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import type { Messages } from 'use-intl/core';
import { loadCatalogue } from '@/app/catalogues';
import { currentMe } from '@/app/person';
import { createTexts, type Namespace, type Translator } from '@/client/intl/texts';
import { acceptedLanguages, isLocale, type Locale, localeCookie, locales, negotiate } from '@/lib/platform/intl/schema';

interface Language {
  locale: Locale;
  /** what its reader chose; null: the browser's languages decide */
  chosen: Locale | null;
  messages: Messages;
}

/** The language of a page: the setting of whoever asks for it, else what was chosen in this browser, else the browser's own. */
export const currentLanguage = cache(async (): Promise<Language> => {
  // An error has a page too, which must not fail over its language.
  const me = await currentMe().catch(() => null);
  const cookie = (await cookies()).get(localeCookie)?.value;
  const chosen = me?.locale ?? (isLocale(cookie) ? cookie : null);
  const locale = chosen ?? negotiate(await browserLanguages());
  return { locale, chosen, messages: await loadCatalogue(locale) };
});

/** As the browser lists them, the best first. */
export const browserLanguages = async (): Promise<string[]> => acceptedLanguages((await headers()).get('accept-language'));

/** `useTranslations` for what is written on the server alone. */
export async function getTranslations<Of extends Namespace>(namespace: Of): Promise<Translator<Of>> {
  const { locale, messages } = await currentLanguage();
  return createTexts({ locale, messages, direction: locales[locale].direction }).translator(namespace);
}
