import { type ReactNode, useContext } from 'react';
import { drawn } from '@/client/intl/isolating';
import { useNames } from '@/client/intl/names';
import { type Translator, useTranslations } from '@/client/intl/translations';
import { PeopleContext } from '@/components/messages/mention';
import { useClock } from '@/components/shell/clock';
import type { Message, SystemMetadata } from '@/lib/domain/messages/schema';

interface Props {
  message: Message;
  onOpenMessage: (messageId: string) => void;
}

/** A system message as a sentence. */
export function SystemLine({ message, onOpenMessage }: Props) {
  const t = useTranslations('messages.system');
  const { me, byHandle } = useContext(PeopleContext);
  const clock = useClock();
  const list = useNames();
  const metadata = message.metadata as unknown as SystemMetadata | null;
  const ids = metadata?.userIds ?? [];
  const known = new Map([...byHandle.values()].map(({ id, name }) => [id, name]));
  const nameOf = (id: string) => (id === me ? t('you') : (known.get(id) ?? metadata?.names?.[id] ?? t('somebody')));
  const said = sentence(t, {
    metadata,
    own: message.sender.id === me,
    who: message.sender.name,
    people: drawn(list.drawn(shorten(ids.map(nameOf), metadata?.count ?? ids.length, t))),
    isMe: ids.length === 1 && ids[0] === me,
    link: (words) => (
      <button
        type="button"
        onClick={() => metadata?.messageId && onOpenMessage(metadata.messageId)}
        className="rounded-sm underline decoration-line-strong underline-offset-2 hover:text-text"
      >
        {words}
      </button>
    ),
  });
  return (
    <p className="px-5 py-1.5 text-center text-faint text-sm">
      {said}
      <time dateTime={message.createdAt} suppressHydrationWarning className="ms-1.5 text-xs">
        {clock.time(message.createdAt)}
      </time>
    </p>
  );
}

interface Told {
  metadata: SystemMetadata | null;
  /** the reader is the actor */
  own: boolean;
  who: string;
  people: string;
  /** the reader is the only person affected */
  isMe: boolean;
  /** leads to the message that the sentence is about */
  link: (words: ReactNode) => ReactNode;
}

/**
 * A separate sentence for each case, because languages differ in more than the names: 'You joined', 'Du bist beigetreten', 'Ada
 * ist beigetreten'.
 */
function sentence(t: Translator<'messages.system'>, { metadata, own, who, people, isMe, link }: Told): ReactNode {
  const group = metadata?.name ?? '';
  switch (metadata?.action) {
    case 'created':
      if (!group) return own ? t('youCreated') : t.rich('created', { who });
      return own ? t.rich('youCreatedNamed', { group }) : t.rich('createdNamed', { who, group });
    case 'joined':
      return own ? t('youJoined') : t.rich('joined', { who });
    case 'left':
      return own ? t('youLeft') : t.rich('left', { who });
    case 'added':
      if (own) return t.rich('youAdded', { people });
      return isMe ? t.rich('addedYou', { who }) : t.rich('added', { who, people });
    case 'removed':
      if (own) return t.rich('youRemoved', { people });
      return isMe ? t.rich('removedYou', { who }) : t.rich('removed', { who, people });
    case 'pinned':
      return own ? t.rich('youPinned', { message: link }) : t.rich('pinned', { who, message: link });
    case 'renamed':
      return own ? t.rich('youRenamed', { group }) : t.rich('renamed', { who, group });
    case 'role':
      return metadata.name === 'member'
        ? becameMember(t, { own, who, people, isMe })
        : becameAdmin(t, { own, who, people, isMe });
    default:
      return own ? t('youChanged') : t.rich('changed', { who });
  }
}

type Role = Omit<Told, 'metadata' | 'link'>;

function becameAdmin(t: Translator<'messages.system'>, { own, who, people, isMe }: Role): ReactNode {
  if (own) return t.rich('youAdmin', { people });
  return isMe ? t.rich('adminYou', { who }) : t.rich('admin', { who, people });
}

function becameMember(t: Translator<'messages.system'>, { own, who, people, isMe }: Role): ReactNode {
  if (own) return t.rich('youMember', { people });
  return isMe ? t.rich('memberYou', { who }) : t.rich('member', { who, people });
}

/** Of many names the first three and the number of the others: 'Ada', 'Ben', 'Cleo', '12 others'. */
function shorten(names: string[], count: number, t: Translator<'messages.system'>): string[] {
  if (names.length === 0) return [t('somebody')];
  return count > 4 ? [...names.slice(0, 3), t('others', { count: count - 3 })] : names;
}
