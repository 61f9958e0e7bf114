import { clsx } from 'clsx';
import { useTranslations } from '@/client/intl/translations';
import { Face, type FaceSize } from '@/components/ui/face';
import type { Status } from '@/lib/domain/presence/schema';
import type { Sender } from '@/lib/domain/users/schema';

interface Props {
  user: Sender;
  size: FaceSize;
  /** shown as a dot when given, except offline */
  status?: Status;
  /** the class of the background, for the ring around the dot */
  ring?: string;
}

/** A person's picture. It is decorative, because the name is next to it. */
export function Avatar({ user, size, status, ring = 'ring-surface' }: Props) {
  if (status === undefined) return <Face id={user.id} name={user.name} image={user.image} size={size} />;
  return (
    <span className="relative inline-flex shrink-0">
      <Face id={user.id} name={user.name} image={user.image} size={size} />
      <PresenceDot
        status={status}
        className={clsx('absolute end-0 bottom-0 ring-2', size >= 40 ? 'size-2.5' : 'size-2', ring)}
      />
    </span>
  );
}

export function PresenceDot({ status, className = 'size-2' }: { status: Status; className?: string }) {
  const t = useTranslations('users.statuses');
  return (
    <span
      data-status={status}
      className={clsx('shrink-0 rounded-full', className, status === 'offline' ? 'hidden' : grounds[status])}
    >
      <span className="sr-only">{t(status)}</span>
    </span>
  );
}

const grounds = { online: 'bg-online', away: 'bg-away', busy: 'bg-busy' };

/** Several pictures side by side. */
export function Faces({ users, size = 24 }: { users: Sender[]; size?: FaceSize }) {
  return (
    <span className="flex gap-0.5">
      {users.map((user) => (
        <Face key={user.id} id={user.id} name={user.name} image={user.image} size={size} />
      ))}
    </span>
  );
}
