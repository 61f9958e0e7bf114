import type { Clock } from '@/components/shell/clock';
import { statusNames } from '@/components/users/avatar';
import type { User } from '@/lib/domain/users/schema';
import { phrase } from '@/lib/platform/text/phrase';

/** 'Online', 'In a meeting', 'Last seen yesterday at 14:32' */
export function describePresence(user: Pick<User, 'status' | 'statusText' | 'lastSeenAt'>, clock: Clock): string {
  if (user.statusText) return user.statusText;
  if (user.status !== 'offline') return statusNames[user.status];
  return lastSeen(user.lastSeenAt, clock);
}

export function lastSeen(at: string | null, clock: Clock): string {
  if (!at) return statusNames.offline;
  const day = clock.day(at);
  const when =
    day === 'Today' ? phrase`at ${clock.time(at)}` : phrase`${day === 'Yesterday' ? 'yesterday' : day} at ${clock.time(at)}`;
  return phrase`Last seen ${when}`;
}
