'use client';
import { type Translator, useTranslations } from '@/client/intl/translations';
import { type Clock, useClock } from '@/components/shell/clock';
import type { User } from '@/lib/domain/users/schema';

type Present = Pick<User, 'status' | 'statusText' | 'lastSeenAt'>;

/** Describes a person's status, or when they were last seen. */
export function usePresenceWords() {
  const t = useTranslations('users');
  const clock = useClock();
  return {
    /** 'Online', 'In a meeting', 'Last seen yesterday at 14:32' */
    describe: (user: Present) => describePresence(user, clock, t),
    lastSeen: (at: string | null) => lastSeen(at, clock, t),
  };
}

function describePresence({ status, statusText, lastSeenAt }: Present, clock: Clock, t: Translator<'users'>): string {
  if (statusText) return statusText;
  return status === 'offline' ? lastSeen(lastSeenAt, clock, t) : t(`statuses.${status}`);
}

function lastSeen(at: string | null, clock: Clock, t: Translator<'users'>): string {
  if (!at) return t('statuses.offline');
  const time = clock.time(at);
  const daysAgo = clock.daysAgo(at);
  if (daysAgo <= 0) return t('lastSeenToday', { time });
  return daysAgo === 1 ? t('lastSeenYesterday', { time }) : t('lastSeen', { day: clock.day(at), time });
}
