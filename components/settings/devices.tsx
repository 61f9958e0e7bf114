'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { LogOut, Monitor, Smartphone } from 'lucide-react';
import { useState } from 'react';
import { api } from '@/client/api/api';
import { keys } from '@/client/api/keys';
import { useProblems } from '@/client/intl/problems';
import { type Translator, useTranslations } from '@/client/intl/translations';
import { useSignOut } from '@/components/accounts/sign-out';
import { SettingsSection } from '@/components/settings/settings-section';
import { useClock } from '@/components/shell/clock';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { SkeletonRows } from '@/components/ui/skeleton';
import { toast } from '@/components/ui/toast';
import type { DeviceSession } from '@/lib/domain/sessions/schema';

/** The signed-in devices. Signing one out closes its connections at once. */
export function Devices() {
  const t = useTranslations('settings');
  const ui = useTranslations('ui');
  const signOut = useSignOut();
  const { data, isPending, isError, refetch } = useQuery({
    queryKey: keys.sessions,
    queryFn: () => api.get<{ sessions: DeviceSession[] }>('/api/me/sessions').then(({ sessions }) => sessions),
    staleTime: 0,
  });
  return (
    <SettingsSection title={t('devices')} text={t('devicesText')}>
      {isPending && <SkeletonRows count={2} label={t('devicesLoading')} />}
      {isError && (
        <EmptyState title={t('devicesNotLoaded')} action={<Button onClick={() => void refetch()}>{ui('tryAgain')}</Button>} />
      )}
      {data && (
        <ul className="overflow-hidden rounded-lg border border-line">
          {data.map((session) => (
            <DeviceRow key={session.id} session={session} />
          ))}
        </ul>
      )}
      <Button className="mt-5" onClick={signOut}>
        <LogOut className="size-4 rtl:-scale-x-100" />
        {t('signOutHere')}
      </Button>
    </SettingsSection>
  );
}

/** The server names devices in English: 'Firefox on Linux', a program's own name, or 'Unknown device'. */
function sayDevice(device: string, t: Translator<'settings'>): string {
  const [, browser, system] = /^(.+) on (.+)$/.exec(device) ?? [];
  if (browser && system) return t('device', { browser, system });
  return device === 'Unknown device' ? t('deviceUnknown') : device;
}

function DeviceRow({ session }: { session: DeviceSession }) {
  const t = useTranslations('settings');
  const problems = useProblems();
  const device = sayDevice(session.device, t);
  const client = useQueryClient();
  const clock = useClock();
  const [busy, setBusy] = useState(false);
  const isPhone = /phone|android|mobile/i.test(session.device);
  const revoke = async () => {
    setBusy(true);
    try {
      await api.delete(`/api/me/sessions/${session.id}`);
      client.setQueryData<DeviceSession[]>(keys.sessions, (list) => list?.filter(({ id }) => id !== session.id));
    } catch (error) {
      setBusy(false);
      toast(problems.say(error), { kind: 'failed' });
    }
  };
  return (
    <li className="flex min-h-16 items-center gap-3 border-line px-4 py-2.5 not-first:border-t">
      <span className="text-muted">{isPhone ? <Smartphone /> : <Monitor />}</span>
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-2">
          <span dir="auto" className="truncate font-medium">
            {device}
          </span>
          {session.current && <Badge accent>{t('thisDevice')}</Badge>}
        </span>
        <span className="block truncate text-muted text-sm">
          {session.address && (
            <>
              <bdi>{session.address}</bdi> ·{' '}
            </>
          )}
          {session.current ? t('activeNow') : t('lastActive', { time: clock.short(session.lastSeenAt) })}
        </span>
      </span>
      {!session.current && (
        <Button size="small" busy={busy} aria-label={t('signOutOf', { device })} onClick={revoke}>
          {t('signOut')}
        </Button>
      )}
    </li>
  );
}
