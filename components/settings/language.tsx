'use client';
import { useMounted } from '@/client/browser/mounted';
import { useLanguage } from '@/client/intl/language';
import { useProblems } from '@/client/intl/problems';
import { useTranslations } from '@/client/intl/translations';
import { useSaveProfile } from '@/client/state/queries';
import { LanguageSelect, useChooseLanguage } from '@/components/shell/language-select';
import { Field } from '@/components/ui/field';
import { toast } from '@/components/ui/toast';
import { type Locale, locales, negotiate } from '@/lib/platform/intl/schema';

/** The language of the interface. It changes at once, and on the person's other devices too. */
export function LanguageField() {
  const t = useTranslations('settings');
  const ui = useTranslations('ui');
  const { chosen, locale } = useLanguage();
  const choose = useChooseLanguage();
  const problems = useProblems();
  const save = useSaveProfile();
  const automatic = useMounted() ? negotiate(navigator.languages) : locale;
  const change = async (wanted: Locale | null) => {
    if (!(await choose(wanted))) return;
    try {
      await save({ locale: wanted });
    } catch (error) {
      toast(problems.say(error), { kind: 'failed' });
    }
  };
  return (
    <Field label={ui('language')} hint={t('languageHint')}>
      {({ id }) => (
        <LanguageSelect
          id={id}
          value={chosen}
          automatic={t('languageAuto', { language: locales[automatic].name })}
          onChange={(wanted) => void change(wanted)}
        />
      )}
    </Field>
  );
}
