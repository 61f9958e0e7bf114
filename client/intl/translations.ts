'use client';
import { useLanguage } from '@/client/intl/language';
import type { Namespace, Texts, Translator } from '@/client/intl/texts';

export type { Translator } from '@/client/intl/texts';

/** What says the messages of one part of the catalogue, in the language of the page: the same one for every component. */
export const useTranslations = <Of extends Namespace>(namespace: Of): Translator<Of> =>
  useLanguage().texts.translator(namespace);

/** Writes numbers, lists and dates in the language of the page. */
export const useFormatter = (): Texts['format'] => useLanguage().texts.format;

/** The tag that numbers and dates are written in: 'en-GB'. */
export const useLocaleTag = (): string => useLanguage().texts.locale;
