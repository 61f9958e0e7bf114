'use client';
import { Monitor, Moon, Sun } from 'lucide-react';
import { useTranslations } from '@/client/intl/translations';
import { PersonalSettings } from '@/components/settings/personal-settings';
import { SettingsSection } from '@/components/settings/settings-section';
import { useFrame } from '@/components/shell/frame';
import { Segmented } from '@/components/ui/segmented';

export function Appearance() {
  const t = useTranslations('settings');
  const theme = useFrame((frame) => frame.theme);
  const setTheme = useFrame((frame) => frame.setTheme);
  return (
    <SettingsSection title={t('appearance')}>
      <div className="flex max-w-92 flex-col gap-6">
        <PersonalSettings />
        <div>
          <h3 className="mb-1.5 font-medium text-sm">{t('theme')}</h3>
          <Segmented
            label={t('theme')}
            value={theme}
            onChange={setTheme}
            options={[
              { value: 'system', label: t('themeSystem'), icon: <Monitor /> },
              { value: 'light', label: t('themeLight'), icon: <Sun /> },
              { value: 'dark', label: t('themeDark'), icon: <Moon /> },
            ]}
          />
          <p className="mt-2 text-faint text-xs">{t('themeHint')}</p>
        </div>
      </div>
    </SettingsSection>
  );
}
