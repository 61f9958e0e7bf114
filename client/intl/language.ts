import { createContext, useContext } from 'react';
import type { Texts } from '@/client/intl/texts';
import type { Locale } from '@/lib/platform/intl/schema';
import type { Direction } from '@/lib/platform/text/direction';

export interface Language {
  locale: Locale;
  direction: Direction;
  texts: Texts;
  /** the reader's choice; null: the browser's languages decide */
  chosen: Locale | null;
  /** Changes the language of the interface in this browser. It throws when the catalogue cannot be loaded. */
  choose: (locale: Locale | null) => Promise<void>;
}

/** The language that components/shell/language.tsx provides. */
export const LanguageContext = createContext<Language | null>(null);

export function useLanguage(): Language {
  const language = useContext(LanguageContext);
  if (!language) throw new Error('useLanguage needs a LanguageProvider above it.');
  return language;
}
