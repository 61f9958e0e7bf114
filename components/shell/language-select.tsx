'use client';
import { clsx } from 'clsx';
import { Languages } from 'lucide-react';
import { useLanguage } from '@/client/intl/language';
import { useTranslations } from '@/client/intl/translations';
import { toast } from '@/components/ui/toast';
import { isLocale, type Locale, localeNames, locales } from '@/lib/platform/intl/schema';

interface Props {
  id?: string;
  /** null: the browser's language */
  value: Locale | null;
  /** the label of the first option, `null`; without it there is no such option */
  automatic?: string;
  onChange: (locale: Locale | null) => void;
  className?: string;
}

/** The languages by their own names, because people who look for theirs may not read the present one. */
export function LanguageSelect({ id, value, automatic, onChange, className }: Props) {
  const t = useTranslations('ui');
  return (
    <span className={clsx('relative flex items-center', className)}>
      <Languages aria-hidden className="pointer-events-none absolute start-2.5 size-4 text-muted" />
      <select
        id={id}
        aria-label={id ? undefined : t('language')}
        value={value ?? ''}
        onChange={({ target }) => onChange(isLocale(target.value) ? target.value : null)}
        className="field h-9 cursor-pointer ps-8.5! touch:h-11"
      >
        {automatic && <option value="">{automatic}</option>}
        {localeNames.map((locale) => (
          <option key={locale} value={locale} lang={locale}>
            {locales[locale].name}
          </option>
        ))}
      </select>
    </span>
  );
}

/** For people who are not signed in: it changes the language of this browser. */
export function BrowserLanguage({ className }: { className?: string }) {
  const { locale } = useLanguage();
  const choose = useChooseLanguage();
  return <LanguageSelect value={locale} onChange={(chosen) => void choose(chosen)} className={className} />;
}

/**
 * Changes the language, and reports an error.
 * @returns whether it changed
 */
export function useChooseLanguage(): (locale: Locale | null) => Promise<boolean> {
  const { choose } = useLanguage();
  const t = useTranslations('ui');
  return (locale) =>
    choose(locale).then(
      () => true,
      () => {
        toast(t('languageFailed'), { kind: 'failed' });
        return false;
      },
    );
}
