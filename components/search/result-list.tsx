'use client';
import { Fragment, useLayoutEffect, useRef } from 'react';
import { useTranslations } from '@/client/intl/translations';
import { useConversations } from '@/client/state/queries';
import { ConversationFace } from '@/components/conversations/conversation-face';
import { useTitleOf } from '@/components/conversations/title';
import type { Group, Hit } from '@/components/search/hits';
import { useSession } from '@/components/search/session';
import type { Found } from '@/components/search/use-search';
import { ShortTime } from '@/components/shell/short-time';
import { Button } from '@/components/ui/button';
import type { useListCursor } from '@/components/ui/list-cursor';
import { SkeletonRows } from '@/components/ui/skeleton';
import { Avatar } from '@/components/users/avatar';

interface Props {
  found: Found;
  cursor: ReturnType<typeof useListCursor>;
}

/** The hits, grouped by conversation. */
export function ResultList({ found, cursor }: Props) {
  const t = useTranslations('search');
  const { groups, isPending, more, key } = found;
  const scroller = useRef<HTMLDivElement>(null);
  useReturn(scroller, key, groups.length > 0);
  if (groups.length === 0) return isPending ? <SkeletonRows count={5} label={t('searching')} /> : null;
  return (
    <div ref={scroller} data-search-list className="min-h-0 flex-1 overflow-y-auto overscroll-contain safe-bottom">
      <div {...cursor.list(t('results'))} className="flex flex-col px-2 pb-2">
        {groups.map((group) => (
          <ResultGroup key={`${group.conversationId} ${group.first}`} group={group} cursor={cursor} />
        ))}
      </div>
      {more && (
        <div className="flex justify-center pb-4">
          <Button size="small" onClick={more}>
            {t('more')}
          </Button>
        </div>
      )}
    </div>
  );
}

function ResultGroup({ group, cursor }: { group: Group; cursor: Props['cursor'] }) {
  const titleOf = useTitleOf();
  const conversation = useConversations().find(({ id }) => id === group.conversationId);
  const title = conversation ? titleOf(conversation) : (group.conversationName ?? '');
  return (
    // biome-ignore lint/a11y/useSemanticElements: inside a listbox only a group may stand
    <div role="group" aria-label={title}>
      <p
        aria-hidden
        className="sticky top-0 z-1 flex items-center gap-2 bg-surface px-2 pt-3 pb-1.5 font-medium text-muted text-sm"
      >
        {conversation && <ConversationFace conversation={conversation} size={20} ring="ring-surface" />}
        <span dir="auto" className="truncate">
          {title}
        </span>
      </p>
      {group.hits.map((hit, at) => (
        <ResultRow key={hit.id} hit={hit} {...cursor.row(group.first + at)} />
      ))}
    </div>
  );
}

type Row = ReturnType<Props['cursor']['row']>;

function ResultRow({ hit, ...row }: { hit: Hit } & Row) {
  return (
    <div
      {...row}
      data-hit={hit.id}
      className="flex cursor-pointer select-none gap-2.5 rounded-md px-2 py-2 aria-selected:bg-hover"
    >
      <Avatar user={hit.sender} size={32} />
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline gap-2">
          <span dir="auto" className="truncate font-semibold">
            {hit.sender.name}
          </span>
          <ShortTime at={hit.createdAt} />
        </p>
        <p dir="auto" className="line-clamp-3 break-words text-muted">
          {hit.snippet.map((part, at) =>
            part.hit ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
              <mark key={at} className="rounded-sm bg-accent-soft px-px font-medium text-accent-text">
                {part.text}
              </mark>
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
              <Fragment key={at}>{part.text}</Fragment>
            ),
          )}
        </p>
      </div>
    </div>
  );
}

/** Restores the scroll position when the reader returns to the same results. */
function useReturn(scroller: React.RefObject<HTMLElement | null>, key: string, isShown: boolean): void {
  const returned = useRef(false);
  useLayoutEffect(() => {
    if (!isShown || returned.current || !scroller.current) return;
    returned.current = true;
    const { place } = useSession.getState();
    if (place?.of === key) scroller.current.scrollTop = place.scrollTop;
  }, [scroller, key, isShown]);
}
