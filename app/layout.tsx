import { GeistMono } from 'geist/font/mono';
import { GeistSans } from 'geist/font/sans';
import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { EarlyScript } from '@/app/early-script';
import { browserLanguages, currentLanguage, getTranslations } from '@/app/language';
import { knownLocale } from '@/client/browser/clock-settings';
import { LanguageProvider } from '@/components/shell/language';
import { locales } from '@/lib/platform/intl/schema';
import '@/app/globals.css';
import { type FrameMemory, frameCookie, readFrame } from '@/client/browser/frame-memory';
import { FrameProvider } from '@/components/shell/frame';
import { Nonce } from '@/components/ui/nonce';
import { Toasts } from '@/components/ui/toast';
import { TooltipProvider } from '@/components/ui/tooltip';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('ui');
  return { description: t('description'), robots: { index: false, follow: false } };
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Only a page rendered per request gets that request's nonce.
  await connection();
  const [memory, language] = await Promise.all([frameMemory(), currentLanguage()]);
  const nonce = /'nonce-([^']+)'/.exec((await headers()).get('content-security-policy') ?? '')?.[1];
  return (
    <html
      lang={language.locale}
      dir={locales[language.locale].direction}
      data-theme={memory.theme}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
    >
      <body>
        <EarlyScript nonce={nonce} />
        <Nonce value={nonce} />
        <FrameProvider memory={memory}>
          <LanguageProvider {...language}>
            <TooltipProvider>
              {children}
              <Toasts />
            </TooltipProvider>
          </LanguageProvider>
        </FrameProvider>
      </body>
    </html>
  );
}

export async function generateViewport(): Promise<Viewport> {
  const { theme } = await frameMemory();
  const light = '#f5f5f9';
  const dark = '#15151a';
  return {
    width: 'device-width',
    initialScale: 1,
    viewportFit: 'cover',
    interactiveWidget: 'resizes-content',
    themeColor:
      theme === 'system'
        ? [
            { media: '(prefers-color-scheme: light)', color: light },
            { media: '(prefers-color-scheme: dark)', color: dark },
          ]
        : [{ color: theme === 'light' ? light : dark }],
  };
}

async function frameMemory(): Promise<FrameMemory> {
  const cookie = (await cookies()).get(frameCookie)?.value;
  // Before a browser has stored its locale for times, its languages decide.
  const [locale] = cookie ? [] : await browserLanguages();
  return { ...readFrame(cookie), ...(locale ? { locale: knownLocale(locale) } : {}) };
}
