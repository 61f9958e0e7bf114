'use client';
import { useLanguage } from '@/client/intl/language';
import type { Namespace, Texts, Translator } from '@/client/intl/texts';

export type { Translator } from '@/client/intl/texts';

/** The translator of a namespace in the language of the page, the same for every component. */
export const useTranslations = <Of extends Namespace>(namespace: Of): Translator<Of> =>
  useLanguage().texts.translator(namespace);

/** Formats numbers, lists and dates in the language of the page. */
export const useFormatter = (): Texts['format'] => useLanguage().texts.format;

/** The tag for numbers and dates: 'en-GB'. */
export const useLocaleTag = (): string => useLanguage().texts.locale;
