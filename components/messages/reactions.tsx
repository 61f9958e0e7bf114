'use client';

import { useQueryClient } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { useContext } from 'react';
import { toggleReaction } from '@/components/messages/actions';
import { PeopleContext } from '@/components/messages/mention';
import { Tooltip } from '@/components/ui/tooltip';
import type { Message } from '@/lib/domain/messages/schema';
import type { Reaction } from '@/lib/domain/reactions/schema';
import { isolated } from '@/lib/platform/text/phrase';

export function Reactions({ message }: { message: Message }) {
  const client = useQueryClient();
  const { me, byHandle } = useContext(PeopleContext);
  if (message.reactions.length === 0) return null;
  const names = new Map([...byHandle.values()].map(({ id, name }) => [id, name]));
  return (
    <div className="mt-1 flex flex-wrap gap-1">
      {message.reactions.map((reaction) => (
        <Tooltip key={reaction.emoji} label={`${sayWho(reaction, names, me)} reacted with ${reaction.emoji}`}>
          <button
            type="button"
            aria-pressed={reaction.mine === true}
            aria-label={`${reaction.emoji}, ${reaction.count}`}
            data-reaction={reaction.emoji}
            onClick={() => toggleReaction(client, message, reaction.emoji)}
            className={clsx(
              'flex h-6 items-center gap-1.5 rounded-full border px-2 text-sm transition-colors touch:h-8',
              reaction.mine
                ? 'border-accent bg-accent-soft text-accent-text'
                : 'border-line bg-surface text-muted hover:border-line-strong',
            )}
          >
            <span className="text-base leading-none">{reaction.emoji}</span>
            <span className="font-medium text-xs tabular-nums">{reaction.count}</span>
          </button>
        </Tooltip>
      ))}
    </div>
  );
}

/** 'You, Ada and 3 others' */
function sayWho({ userIds, count, mine }: Reaction, names: Map<string, string>, me: string): string {
  const known = userIds.flatMap((id) => (id === me ? [] : isolated(names.get(id) ?? '') || []));
  const shown = [...(mine ? ['You'] : []), ...known].slice(0, 5);
  const others = count - shown.length;
  if (shown.length === 0) return `${count} ${count === 1 ? 'person' : 'people'}`;
  if (others > 0) return `${shown.join(', ')} and ${others} ${others === 1 ? 'other' : 'others'}`;
  return shown.length === 1 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
