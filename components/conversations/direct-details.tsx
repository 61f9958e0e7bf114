'use client';
import { useMe } from '@/client/state/queries';
import { NotifyChoice } from '@/components/conversations/notify-choice';
import { isNotes, otherOf } from '@/components/conversations/title';
import { useClock } from '@/components/shell/clock';
import { Avatar, PresenceDot, statusNames } from '@/components/users/avatar';
import { lastSeen } from '@/components/users/last-seen';
import type { Conversation } from '@/lib/domain/conversations/schema';

/** The other person. */
export function DirectDetails({ conversation }: { conversation: Conversation }) {
  const me = useMe();
  const clock = useClock();
  const other = otherOf(conversation, me.id);
  if (!other) return null;
  return (
    <>
      <section className="flex flex-col items-center px-6 pt-6 pb-5 text-center">
        <Avatar user={other} size={72} />
        <h3 dir="auto" className="mt-3 font-semibold text-lg">
          {other.name}
        </h3>
        <p className="text-muted">@{other.handle}</p>
        {!isNotes(conversation) && (
          <p suppressHydrationWarning className="mt-2 flex items-center gap-1.5 text-muted text-sm">
            <PresenceDot status={other.status} />
            {other.status === 'offline' ? (
              lastSeen(other.lastSeenAt, clock)
            ) : (
              <span aria-hidden>{statusNames[other.status]}</span>
            )}
          </p>
        )}
        {other.statusText && (
          <p dir="auto" className="mt-3 rounded-md bg-hover px-3 py-1.5 text-sm">
            {other.statusText}
          </p>
        )}
      </section>
      {isNotes(conversation) ? (
        <p className="border-line border-t px-4 py-4 text-muted text-sm">
          A place for yourself: notes, links, files. Nobody else can see what you write here.
        </p>
      ) : (
        <NotifyChoice conversation={conversation} />
      )}
    </>
  );
}
