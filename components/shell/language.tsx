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
  /** the catalogue of that language, the only one that is loaded */
  messages: Messages;
  children: ReactNode;
}

/** Provides the page's language and changes it. A change loads only the catalogue, and typed text stays. */
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

/** The server writes the initial language into the document; later changes are written here. */
function useDocumentLanguage(locale: Locale, direction: Direction): void {
  const written = useRef(locale);
  useEffect(() => {
    if (written.current === locale) return;
    written.current = locale;
    document.documentElement.lang = locale;
    document.documentElement.dir = direction;
  }, [locale, direction]);
}
