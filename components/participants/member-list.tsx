'use client';
import { MessageSquare, MoreHorizontal, ShieldCheck, ShieldOff, UserMinus, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from '@/client/intl/translations';
import { useWatchPresence } from '@/client/state/presence';
import { useMe } from '@/client/state/queries';
import { useOpenDirect } from '@/components/conversations/open-direct';
import { AddPeopleDialog } from '@/components/participants/add-people-dialog';
import { useMemberActions, useMembers } from '@/components/participants/members';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/dialog';
import { iconButtonClass } from '@/components/ui/icon-button';
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/menu';
import { SkeletonRows } from '@/components/ui/skeleton';
import { Avatar } from '@/components/users/avatar';
import { usePresenceWords } from '@/components/users/last-seen';
import type { Conversation } from '@/lib/domain/conversations/schema';
import type { Participant, ParticipantRole } from '@/lib/domain/participants/schema';

/** The members of a group, with the actions that the reader may take. */
export function MemberList({ conversation }: { conversation: Conversation }) {
  const t = useTranslations('participants');
  const { members, isPending, missing, more, busy } = useMembers(conversation);
  const [adding, setAdding] = useState(false);
  useWatchPresence(members.map(({ user }) => user.id));
  return (
    <section aria-labelledby="members-heading" className="px-2 py-3">
      <div className="flex h-8 items-center justify-between px-2">
        <h3 id="members-heading" className="font-medium text-muted text-xs">
          {t.rich('membersCount', {
            number: conversation.participantCount,
            count: (number) => <span className="tabular-nums">{number}</span>,
          })}
        </h3>
        {conversation.me?.may.invite && (
          <Button look="quiet" size="small" className="-me-2" onClick={() => setAdding(true)}>
            <UserPlus className="size-4" />
            {t('addPeople')}
          </Button>
        )}
      </div>
      {isPending ? (
        <SkeletonRows count={Math.min(6, conversation.participantCount)} label={t('loading')} />
      ) : (
        <ul>
          {members.map((participant) => (
            <MemberRow key={participant.user.id} conversation={conversation} participant={participant} />
          ))}
        </ul>
      )}
      {!isPending && missing && (
        <Button look="quiet" size="small" busy={busy} onClick={more} className="mt-1 w-full">
          {t('showMore')}
        </Button>
      )}
      {adding && (
        <AddPeopleDialog
          conversation={conversation}
          members={members.map(({ user }) => user.id)}
          onClose={() => setAdding(false)}
        />
      )}
    </section>
  );
}

function MemberRow({ conversation, participant }: { conversation: Conversation; participant: Participant }) {
  const t = useTranslations('participants');
  const me = useMe();
  const presence = usePresenceWords();
  const { user, role } = participant;
  const isMe = user.id === me.id;
  return (
    <li className="group/member flex min-h-11 items-center gap-2.5 rounded-md ps-2 hover:bg-hover">
      <Avatar user={user} status={user.status} size={32} />
      <span className="min-w-0 flex-1 py-1">
        <span className="flex items-center gap-1.5">
          <span dir="auto" className="truncate">
            {user.name}
          </span>
          {isMe && <span className="text-faint text-xs">{t('you')}</span>}
          {role === 'admin' && <Badge>{t('admin')}</Badge>}
        </span>
        {(user.statusText || user.status === 'offline') && (
          <span dir="auto" className="block truncate text-muted text-xs">
            {presence.describe(user)}
          </span>
        )}
      </span>
      {!isMe && <MemberMenu conversation={conversation} participant={participant} />}
    </li>
  );
}

function MemberMenu({ conversation, participant }: { conversation: Conversation; participant: Participant }) {
  const t = useTranslations('participants');
  const ui = useTranslations('ui');
  const { user, role } = participant;
  const actions = useMemberActions(conversation.id);
  const openDirect = useOpenDirect();
  const [removing, setRemoving] = useState(false);
  return (
    <>
      <Menu
        label={t('whatToDo', { person: user.name })}
        trigger={
          <button type="button" aria-label={t('actionsFor', { person: user.name })} className={iconButtonClass}>
            <MoreHorizontal />
          </button>
        }
      >
        <MenuItem icon={<MessageSquare />} onSelect={() => void openDirect(user.id)}>
          {t('message')}
        </MenuItem>
        {conversation.me?.may.setRoles && <RoleItem role={role} onChange={(next) => void actions.setRole(user.id, next)} />}
        {conversation.me?.may.removePeople && (
          <>
            <MenuSeparator />
            <MenuItem icon={<UserMinus />} dangerous onSelect={() => setRemoving(true)}>
              {t('removeFromGroup')}
            </MenuItem>
          </>
        )}
      </Menu>
      {removing && (
        <ConfirmDialog
          open
          onOpenChange={setRemoving}
          title={t('removeNamed', { person: user.name })}
          description={t('removeText', { person: user.name, group: conversation.name ?? '' })}
          confirm={ui('remove')}
          dangerous
          onConfirm={() => {
            setRemoving(false);
            void actions.remove(participant);
          }}
        />
      )}
    </>
  );
}

function RoleItem({ role, onChange }: { role: ParticipantRole; onChange: (role: ParticipantRole) => void }) {
  const t = useTranslations('participants');
  if (role === 'admin')
    return (
      <MenuItem icon={<ShieldOff />} onSelect={() => onChange('member')}>
        {t('makeMember')}
      </MenuItem>
    );
  return (
    <MenuItem icon={<ShieldCheck />} onSelect={() => onChange('admin')}>
      {t('makeAdmin')}
    </MenuItem>
  );
}
