'use client';
import { useEffect, useRef } from 'react';
import { useLanguage } from '@/client/intl/language';
import { useMe } from '@/client/state/queries';
import { useChooseLanguage } from '@/components/shell/language-select';
import { isLocale } from '@/lib/platform/intl/schema';

/** Shows the page in the language that its reader has chosen in another tab, or on another device. */
export function useFollowLanguage(): void {
  const { locale } = useMe();
  const { chosen } = useLanguage();
  const choose = useChooseLanguage();
  const followed = useRef(locale);
  useEffect(() => {
    // Only a change counts: without a setting, what was chosen in this browser stays.
    if (followed.current === locale) return;
    followed.current = locale;
    // A newer server may know languages that this page does not.
    if (locale !== chosen && (locale === null || isLocale(locale))) void choose(locale);
  }, [locale, chosen, choose]);
}
