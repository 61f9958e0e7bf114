import type { Messages } from 'use-intl/core';
import { isLocale, type Locale, localeCookie } from '@/lib/platform/intl/schema';

const yearSeconds = 365 * 24 * 60 * 60;

/** Loads a language's catalogue. It throws when that fails. */
export async function fetchCatalogue(locale: Locale): Promise<Messages> {
  const response = await fetch(`/locales/${locale}.json`);
  if (!response.ok) throw new Error(`No catalogue: ${response.status}`);
  return (await response.json()) as Messages;
}

/** Stores the choice for the server's next page, which is rendered before the person is known. */
export function rememberChoice(locale: Locale | null): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain http
  document.cookie = `${localeCookie}=${locale ?? ''}; path=/; max-age=${locale ? yearSeconds : 0}; samesite=lax`;
}

/** The choice of this browser, for a page that the server did not render. */
export function recallChoice(): Locale | null {
  const kept = document.cookie.split('; ').find((pair) => pair.startsWith(`${localeCookie}=`));
  const locale = kept?.slice(localeCookie.length + 1);
  return isLocale(locale) ? locale : null;
}
