'use client';
import { Hash } from 'lucide-react';
import type { ComponentProps } from 'react';
import { useIsApple } from '@/client/browser/mounted';
import { useTranslations } from '@/client/intl/translations';
import { useMe } from '@/client/state/queries';
import type { Command } from '@/components/conversations/commands';
import { ConversationFace } from '@/components/conversations/conversation-face';
import type { Found } from '@/components/conversations/finder';
import { isNotes, otherOf, useTitleOf } from '@/components/conversations/title';
import { keysOf } from '@/components/shell/shortcuts';
import { CountPill } from '@/components/ui/badge';
import { Face } from '@/components/ui/face';
import { Kbd } from '@/components/ui/kbd';
import { PickerRow } from '@/components/ui/picker-row';
import { Avatar } from '@/components/users/avatar';

/** A conversation, a person or a command that was found. */
export function FoundRow({ found, ...row }: { found: Found } & Omit<ComponentProps<'div'>, 'children'>) {
  const t = useTranslations('conversations');
  const titleOf = useTitleOf();
  const me = useMe();
  if (found.kind === 'person') {
    const { person } = found;
    return (
      <PickerRow
        {...row}
        face={<Avatar user={person} status={person.status} size={24} ring="ring-raised" />}
        name={person.name}
        note={<bdi>{`@${person.handle}`}</bdi>}
      />
    );
  }
  if (found.kind === 'group') {
    const { id, name, image } = found.group;
    const icon = <Hash className="size-1/2" />;
    const face = <Face id={id} name={name} image={image} size={24} square neutral icon={icon} />;
    return <PickerRow {...row} face={face} name={name} note={t('publicGroup')} />;
  }
  if (found.kind === 'command') return <CommandRow command={found.command} {...row} />;
  const { conversation } = found;
  const other = isNotes(conversation) ? undefined : otherOf(conversation, me.id);
  const unread = conversation.me?.unreadCount ?? 0;
  return (
    <PickerRow
      {...row}
      face={<ConversationFace conversation={conversation} size={24} ring="ring-raised" />}
      name={titleOf(conversation)}
      note={other && <bdi>{`@${other.handle}`}</bdi>}
      aside={unread > 0 && <CountPill count={unread} label={t('unread', { count: unread })} />}
    />
  );
}

function CommandRow({ command, ...row }: { command: Command } & Omit<ComponentProps<'div'>, 'children'>) {
  const ui = useTranslations('ui');
  const isApple = useIsApple();
  const { icon: Icon, words, shortcut } = command;
  return (
    <PickerRow
      {...row}
      face={<Icon aria-hidden className="mx-1 size-4! text-muted" />}
      name={words}
      aside={shortcut && <Kbd>{keysOf(shortcut, isApple, ui('ctrl'))}</Kbd>}
    />
  );
}
