'use client';
import { useQueryClient } from '@tanstack/react-query';
import { LogOut, Settings, SmilePlus, UserPlus } from 'lucide-react';
import type { ReactNode } from 'react';
import { keys } from '@/client/api/keys';
import { useProblems } from '@/client/intl/problems';
import { useTranslations } from '@/client/intl/translations';
import { useConnection } from '@/client/socket/connection';
import { request } from '@/client/socket/socket';
import { useMe } from '@/client/state/queries';
import { useSignOut } from '@/components/accounts/sign-out';
import { iconButtonClass } from '@/components/ui/icon-button';
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '@/components/ui/menu';
import { toast } from '@/components/ui/toast';
import { Avatar, PresenceDot } from '@/components/users/avatar';
import type { Status } from '@/lib/domain/presence/schema';
import type { Me } from '@/lib/domain/users/schema';

interface Props {
  onSettings: () => void;
  onStatus: () => void;
  onInvite: () => void;
  /** the line under the name */
  children: ReactNode;
}

/** The signed-in person at the bottom of the sidebar: picture, name, connection and menu. */
export function OwnMenu({ onSettings, onStatus, onInvite, children }: Props) {
  const t = useTranslations('users');
  const settings = useTranslations('settings');
  const me = useMe();
  const status = useOwnStatus();
  const setStatus = useSetStatus();
  const signOut = useSignOut();
  const choices = (['online', 'away', 'busy'] as const).map((value) => ({
    value,
    label: t(`statuses.${value}`),
    icon: <PresenceDot status={value} className="mx-1.25 size-2" />,
  }));
  return (
    <>
      <Menu
        side="top"
        align="start"
        label={t('you')}
        trigger={
          <button
            type="button"
            aria-label={t('statusAndMore', { name: me.name })}
            className="flex h-12 min-w-0 flex-1 items-center gap-2.5 rounded-md px-2 text-start transition-colors hover:bg-hover data-[state=open]:bg-hover"
          >
            <Avatar user={me} status={status} size={32} />
            <span className="min-w-0 flex-1">
              <span dir="auto" className="block truncate font-medium">
                {me.name}
              </span>
              {children}
            </span>
          </button>
        }
      >
        <MenuChoice
          value={status === 'offline' ? 'online' : status}
          options={choices}
          onChange={(value) => void setStatus({ status: value })}
        />
        <MenuItem icon={<SmilePlus />} onSelect={onStatus}>
          {me.statusText ? <bdi>{me.statusText}</bdi> : t('sayWhatYouAreUpTo')}
        </MenuItem>
        <MenuSeparator />
        {me.may.invite && (
          <MenuItem icon={<UserPlus />} onSelect={onInvite}>
            {settings('inviteSomebody')}
          </MenuItem>
        )}
        <MenuItem icon={<Settings />} onSelect={onSettings}>
          {settings('settings')}
        </MenuItem>
        <MenuItem icon={<LogOut className="rtl:-scale-x-100" />} onSelect={signOut}>
          {settings('signOut')}
        </MenuItem>
      </Menu>
      <button type="button" aria-label={settings('settings')} onClick={onSettings} className={iconButtonClass}>
        <Settings />
      </button>
    </>
  );
}

/** A person whose browser is connected is online, even if the server's page was rendered before. */
function useOwnStatus(): Status {
  const me = useMe();
  const connected = useConnection() === 'connected';
  if (!connected) return 'offline';
  return me.status === 'offline' ? 'online' : me.status;
}

export function useSetStatus(): (change: { status?: Exclude<Status, 'offline'>; statusText?: string }) => Promise<boolean> {
  const client = useQueryClient();
  const problems = useProblems();
  return async (change) => {
    try {
      const { user } = await request('presence.status.update', change);
      client.setQueryData<Me>(keys.me, user);
      return true;
    } catch (error) {
      toast(problems.say(error), { kind: 'failed' });
      return false;
    }
  };
}
