'use client';

import { clsx } from 'clsx';
import { useContext } from 'react';
import { useNames } from '@/client/intl/names';
import { useFormatter, useTranslations } from '@/client/intl/translations';
import { useReact } from '@/components/messages/actions';
import { PeopleContext } from '@/components/messages/mention';
import { Tooltip } from '@/components/ui/tooltip';
import type { Message } from '@/lib/domain/messages/schema';
import type { Reaction } from '@/lib/domain/reactions/schema';

export function Reactions({ message }: { message: Message }) {
  const t = useTranslations('messages');
  const { number } = useFormatter();
  const react = useReact(message);
  const sayWho = useSayWho();
  if (message.reactions.length === 0) return null;
  return (
    <div className="mt-1 flex flex-wrap gap-1">
      {message.reactions.map((reaction) => (
        <Tooltip key={reaction.emoji} label={sayWho(reaction)}>
          <button
            type="button"
            aria-pressed={reaction.mine === true}
            aria-label={t('reactedBy', { emoji: reaction.emoji, count: reaction.count })}
            data-reaction={reaction.emoji}
            onClick={() => void react(reaction.emoji)}
            className={clsx(
              'flex h-6 items-center gap-1.5 rounded-full border px-2 text-sm transition-colors touch:h-8',
              reaction.mine
                ? 'border-accent bg-accent-soft text-accent-text'
                : 'border-line bg-surface text-muted hover:border-line-strong',
            )}
          >
            <span className="text-base leading-none">{reaction.emoji}</span>
            <span className="font-medium text-xs tabular-nums">{number(reaction.count)}</span>
          </button>
        </Tooltip>
      ))}
    </div>
  );
}

const mostNamed = 5;

/** 'You, Ada and 3 others reacted with 👍' */
function useSayWho(): (reaction: Reaction) => string {
  const t = useTranslations('messages.reacted');
  const list = useNames();
  const { me, byHandle } = useContext(PeopleContext);
  const names = new Map([...byHandle.values()].map(({ id, name }) => [id, name]));
  return ({ emoji, userIds, count, mine }) => {
    const known = userIds.flatMap((id) => (id === me ? [] : (names.get(id) ?? [])));
    const shown = [...(mine ? [t('you')] : []), ...known].slice(0, mostNamed);
    const others = count - shown.length;
    if (mine && count === 1) return t('saidYou', { emoji });
    if (shown.length === 0) return t('said', { people: t('people', { count }), count, emoji });
    const people = list.inText([...shown, ...(others > 0 ? [t('others', { count: others })] : [])]);
    return t('said', { people, count, emoji });
  };
}
