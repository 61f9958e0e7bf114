import { createContext, useContext } from 'react';
import type { Texts } from '@/client/intl/texts';
import type { Locale } from '@/lib/platform/intl/schema';
import type { Direction } from '@/lib/platform/text/direction';

export interface Language {
  locale: Locale;
  direction: Direction;
  texts: Texts;
  /** what was chosen; null: the browser's languages decide */
  chosen: Locale | null;
  /** Shows the interface in another language, from now on in this browser. Throws when its catalogue cannot be loaded. */
  choose: (locale: Locale | null) => Promise<void>;
}

/** What components/shell/language.tsx provides. */
export const LanguageContext = createContext<Language | null>(null);

export function useLanguage(): Language {
  const language = useContext(LanguageContext);
  if (!language) throw new Error('useLanguage needs a LanguageProvider above it.');
  return language;
}
