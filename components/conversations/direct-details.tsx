'use client';
import { useTranslations } from '@/client/intl/translations';
import { useMe } from '@/client/state/queries';
import { MemberSettingsFields } from '@/components/conversations/member-settings';
import { Shared } from '@/components/conversations/shared';
import { isNotes, otherOf } from '@/components/conversations/title';
import { Avatar, PresenceDot } from '@/components/users/avatar';
import { usePresenceWords } from '@/components/users/last-seen';
import type { Conversation } from '@/lib/domain/conversations/schema';

/** The details of the other person. */
export function DirectDetails({ conversation }: { conversation: Conversation }) {
  const t = useTranslations('conversations');
  const statuses = useTranslations('users.statuses');
  const me = useMe();
  const presence = usePresenceWords();
  const other = otherOf(conversation, me.id);
  if (!other) return null;
  return (
    <>
      <section className="flex flex-col items-center px-6 pt-6 pb-5 text-center">
        <Avatar user={other} size={72} />
        <h3 dir="auto" className="mt-3 font-semibold text-lg">
          {other.name}
        </h3>
        <p className="text-muted">
          <bdi>{`@${other.handle}`}</bdi>
        </p>
        {!isNotes(conversation) && (
          <p suppressHydrationWarning className="mt-2 flex items-center gap-1.5 text-muted text-sm">
            <PresenceDot status={other.status} />
            {other.status === 'offline' ? (
              presence.lastSeen(other.lastSeenAt)
            ) : (
              <span aria-hidden>{statuses(other.status)}</span>
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
        <p className="border-line border-t px-4 py-4 text-muted text-sm">{t('notesDetails')}</p>
      ) : (
        <MemberSettingsFields conversation={conversation} />
      )}
      <Shared conversation={conversation} />
    </>
  );
}
