'use client';
import '@/app/globals.css';
import { useEffect, useState } from 'react';
import type { Messages } from 'use-intl/core';
import { readFrame } from '@/client/browser/frame-memory';
import { fetchCatalogue, recallChoice } from '@/client/intl/choice';
import { PageProblem } from '@/components/conversations/page-problem';
import { FrameProvider } from '@/components/shell/frame';
import { LanguageProvider } from '@/components/shell/language';
import { type Locale, locales, negotiate } from '@/lib/platform/intl/schema';

/** In the place of everything, when even the frame of all pages failed: its catalogue is not there either, and is fetched. */
export default function GlobalError({ reset }: { error: Error; reset: () => void }) {
  const language = useFetchedLanguage();
  const [memory] = useState(() => readFrame(undefined));
  return (
    <html lang={language?.locale} dir={language ? locales[language.locale].direction : undefined}>
      <body>
        <main className="flex min-h-dvh flex-col p-6">
          <title>Parley</title>
          {language && (
            <FrameProvider memory={memory}>
              <LanguageProvider {...language} chosen={null}>
                <PageProblem onRetry={reset} />
              </LanguageProvider>
            </FrameProvider>
          )}
        </main>
      </body>
    </html>
  );
}

function useFetchedLanguage(): { locale: Locale; messages: Messages } | null {
  const [language, setLanguage] = useState<{ locale: Locale; messages: Messages } | null>(null);
  useEffect(() => {
    const locale = recallChoice() ?? negotiate(navigator.languages);
    // Without a connection there is nothing to say: the page is blank, and the browser's own Reload is the way on.
    fetchCatalogue(locale).then(
      (messages) => setLanguage({ locale, messages }),
      () => undefined,
    );
  }, []);
  return language;
}
