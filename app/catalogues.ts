import type { Messages } from 'use-intl/core';
import { compileCatalogue } from '@/app/compile-catalogue';
import type { Locale } from '@/lib/platform/intl/schema';

/** A language's compiled catalogue for components/shell/language.tsx. No other catalogue is loaded. */
export function loadCatalogue(locale: Locale): Promise<Messages> {
  compiled[locale] ??= catalogues[locale]().then(({ default: messages }) => compileCatalogue(messages));
  return compiled[locale];
}

const compiled: Partial<Record<Locale, Promise<Messages>>> = {};

/** All have the keys of the English one (tests/unit/catalogues.test.ts). */
const catalogues: Record<Locale, () => Promise<{ default: unknown }>> = {
  ar: () => import('@/locales/ar.json'),
  de: () => import('@/locales/de.json'),
  en: () => import('@/locales/en.json'),
  es: () => import('@/locales/es.json'),
  fr: () => import('@/locales/fr.json'),
  he: () => import('@/locales/he.json'),
  ja: () => import('@/locales/ja.json'),
  'pt-BR': () => import('@/locales/pt-BR.json'),
  'zh-CN': () => import('@/locales/zh-CN.json'),
};
