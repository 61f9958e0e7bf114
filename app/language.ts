import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import type { Messages } from 'use-intl/core';
import { loadCatalogue } from '@/app/catalogues';
import { currentMe } from '@/app/person';
import { createTexts, type Namespace, type Translator } from '@/client/intl/texts';
import { acceptedLanguages, isLocale, type Locale, localeCookie, locales, negotiate } from '@/lib/platform/intl/schema';

interface Language {
  locale: Locale;
  /** the reader's choice; null: the browser's languages decide */
  chosen: Locale | null;
  messages: Messages;
}

/** The language of a page: the person's setting, otherwise this browser's choice, otherwise the browser's languages. */
export const currentLanguage = cache(async (): Promise<Language> => {
  // An error page must not fail because of its language.
  const me = await currentMe().catch(() => null);
  const cookie = (await cookies()).get(localeCookie)?.value;
  const chosen = me?.locale ?? (isLocale(cookie) ? cookie : null);
  const locale = chosen ?? negotiate(await browserLanguages());
  return { locale, chosen, messages: await loadCatalogue(locale) };
});

/** The browser's languages, the most preferred first. */
export const browserLanguages = async (): Promise<string[]> => acceptedLanguages((await headers()).get('accept-language'));

/** `useTranslations` for server components. */
export async function getTranslations<Of extends Namespace>(namespace: Of): Promise<Translator<Of>> {
  const { locale, messages } = await currentLanguage();
  return createTexts({ locale, messages, direction: locales[locale].direction }).translator(namespace);
}
