'use client';
import { Direction as Radix } from 'radix-ui';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { Messages } from 'use-intl/core';
import { fetchCatalogue, rememberChoice } from '@/client/intl/choice';
import { LanguageContext } from '@/client/intl/language';
import { createTexts } from '@/client/intl/texts';
import { useFrame } from '@/components/shell/frame';
import { type Locale, locales, negotiate, regionalLocale } from '@/lib/platform/intl/schema';
import type { Direction } from '@/lib/platform/text/direction';

interface Props {
  locale: Locale;
  chosen: Locale | null;
  /** the catalogue of that language: no other one is here */
  messages: Messages;
  children: ReactNode;
}

/** The language of the page, and the way to another one: nothing is loaded anew but the catalogue, and nothing typed is lost. */
export function LanguageProvider({ children, ...initial }: Props) {
  const [{ locale, chosen, messages }, setLanguage] = useState(initial);
  const browser = useFrame((frame) => frame.locale);
  const zone = useFrame((frame) => frame.zone);
  const { direction } = locales[locale];
  useDocumentLanguage(locale, direction);
  const tag = regionalLocale(locale, browser);
  const language = useMemo(() => {
    const texts = createTexts({ locale: tag, messages, direction, timeZone: zone });
    const choose = async (wanted: Locale | null) => {
      const next = wanted ?? negotiate(navigator.languages);
      const catalogue = next === locale ? messages : await fetchCatalogue(next);
      rememberChoice(wanted);
      setLanguage({ locale: next, chosen: wanted, messages: catalogue });
    };
    return { locale, direction, texts, chosen, choose };
  }, [locale, direction, tag, zone, messages, chosen]);
  return (
    <LanguageContext value={language}>
      <Radix.Provider dir={direction}>{children}</Radix.Provider>
    </LanguageContext>
  );
}

/** The server wrote what the page began with; what it is changed to is written here. */
function useDocumentLanguage(locale: Locale, direction: Direction): void {
  const written = useRef(locale);
  useEffect(() => {
    if (written.current === locale) return;
    written.current = locale;
    document.documentElement.lang = locale;
    document.documentElement.dir = direction;
  }, [locale, direction]);
}
