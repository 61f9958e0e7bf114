'use client';
import { Monitor, Palette, UserPlus, UserRound } from 'lucide-react';
import { useTranslations } from '@/client/intl/translations';
import { useMe } from '@/client/state/queries';
import { ScreenHeader } from '@/components/conversations/screen-header';
import { Appearance } from '@/components/settings/appearance';
import { Devices } from '@/components/settings/devices';
import { HttpsCard } from '@/components/settings/https-notice';
import { Invites } from '@/components/settings/invites';
import { ProfileForm } from '@/components/settings/profile-form';
import { SearchProgress } from '@/components/settings/search-progress';
import { SideTabs } from '@/components/ui/tabs';

export function SettingsScreen() {
  const t = useTranslations('settings');
  const me = useMe();
  const tabs = [
    { value: 'profile', label: t('profile'), icon: <UserRound />, content: <ProfileForm /> },
    { value: 'appearance', label: t('appearance'), icon: <Palette />, content: <Appearance /> },
    { value: 'devices', label: t('devices'), icon: <Monitor />, content: <Devices /> },
    ...(me.may.invite ? [{ value: 'invites', label: t('invites'), icon: <UserPlus />, content: <Invites /> }] : []),
  ];
  return (
    <>
      <ScreenHeader>
        <h1 className="font-semibold text-md">{t('settings')}</h1>
      </ScreenHeader>
      <div className="flex min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex w-full max-w-200 flex-col sm:px-6 sm:py-8">
          <HttpsCard />
          {me.may.administer && <SearchProgress />}
          <SideTabs label={t('settings')} tabs={tabs} />
        </div>
      </div>
    </>
  );
}
