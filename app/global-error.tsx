'use client';
import '@/app/globals.css';
import { RotateCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Messages } from 'use-intl/core';
import { readFrame } from '@/client/browser/frame-memory';
import { fetchCatalogue, recallChoice } from '@/client/intl/choice';
import { PageProblem } from '@/components/conversations/page-problem';
import { FrameProvider } from '@/components/shell/frame';
import { LanguageProvider } from '@/components/shell/language';
import { buttonClass } from '@/components/ui/button';
import { Wordmark } from '@/components/ui/wordmark';
import { type Locale, locales, negotiate } from '@/lib/platform/intl/schema';

/** Replaces the whole page when even the root layout failed. The catalogue is missing too, and is fetched. */
export default function GlobalError({ reset }: { error: Error; reset: () => void }) {
  const { language, isUnreachable } = useFetchedLanguage();
  const [memory] = useState(() => readFrame(undefined));
  return (
    <html lang={language?.locale} dir={language ? locales[language.locale].direction : undefined}>
      <body>
        <main className="flex min-h-dvh flex-col p-6">
          <title>Parley</title>
          {isUnreachable && <Wordless />}
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

/** Where no catalogue can be had nothing can be said: the name of the product and the sign for loading a page again. */
function Wordless() {
  return (
    <div role="alert" className="m-auto flex flex-col items-center gap-6">
      <Wordmark />
      <a href="/" aria-label="Parley" className={buttonClass()}>
        <RotateCw aria-hidden className="size-5" />
      </a>
    </div>
  );
}

interface FetchedLanguage {
  language: { locale: Locale; messages: Messages } | null;
  /** no catalogue has come; it is fetched again once there is a connection */
  isUnreachable: boolean;
}

function useFetchedLanguage(): FetchedLanguage {
  const [fetched, setFetched] = useState<FetchedLanguage>({ language: null, isUnreachable: false });
  useEffect(() => {
    const locale = recallChoice() ?? negotiate(navigator.languages);
    const load = () =>
      fetchCatalogue(locale).then(
        (messages) => setFetched({ language: { locale, messages }, isUnreachable: false }),
        () => setFetched({ language: null, isUnreachable: true }),
      );
    void load();
    window.addEventListener('online', load);
    return () => window.removeEventListener('online', load);
  }, []);
  return fetched;
}
