'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Compass, Hash } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { api } from '@/client/api/api';
import { keys } from '@/client/api/keys';
import { useTranslations } from '@/client/intl/translations';
import { useConversations } from '@/client/state/queries';
import { openConversation } from '@/components/conversations/navigate';
import { JoinButton } from '@/components/participants/join-button';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { EmptyState } from '@/components/ui/empty-state';
import { Face } from '@/components/ui/face';
import { Input } from '@/components/ui/input';
import { SkeletonRows } from '@/components/ui/skeleton';
import type { Conversation, ConversationPage } from '@/lib/domain/conversations/schema';

interface Props {
  onClose: () => void;
  onCreate: () => void;
}

export function BrowseDialog({ onClose, onCreate }: Props) {
  const t = useTranslations('conversations');
  const ui = useTranslations('ui');
  const [typed, setTyped] = useState('');
  const { groups, isPending, isError, more, refetch } = usePublicGroups(typed);
  return (
    <Dialog open onOpenChange={onClose} title={t('publicGroups')} description={t('publicGroupsText')}>
      <Input
        aria-label={t('searchPublic')}
        placeholder={t('search')}
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <div className="-mx-2 mt-2 flex h-92 flex-col overflow-y-auto">
        {isPending && <SkeletonRows count={6} label={t('lookingForGroups')} />}
        <ul>
          {groups.map((group) => (
            <GroupRow key={group.id} group={group} onOpen={onClose} />
          ))}
        </ul>
        {more && (
          <Button look="quiet" className="mx-2 mt-1" onClick={more}>
            {t('more')}
          </Button>
        )}
        {isError && (
          <EmptyState title={t('groupsNotLoaded')} action={<Button onClick={() => refetch()}>{ui('tryAgain')}</Button>} />
        )}
        {!isPending && !isError && groups.length === 0 && (
          <EmptyState
            icon={<Compass />}
            title={typed.trim() ? t('noGroupCalled', { typed: typed.trim() }) : t('noPublicGroups')}
            text={t('publicGroupsHint')}
            action={<Button onClick={onCreate}>{t('createAGroup')}</Button>}
          />
        )}
      </div>
    </Dialog>
  );
}

function GroupRow({ group, onOpen }: { group: Conversation; onOpen: () => void }) {
  const t = useTranslations('conversations');
  const joined = useConversations().some(({ id }) => id === group.id);
  const open = () => {
    onOpen();
    openConversation(group.id);
  };
  const { participantCount: count, description } = group;
  return (
    <li className="flex min-h-13 items-center gap-3 rounded-md px-2 py-1.5 hover:bg-hover">
      <Face
        id={group.id}
        name={group.name ?? ''}
        image={group.image}
        size={32}
        square
        neutral
        icon={<Hash className="size-4" />}
      />
      <button type="button" onClick={open} className="min-w-0 flex-1 rounded-sm text-start">
        <span dir="auto" className="block truncate font-medium">
          {group.name}
        </span>
        <span className="block truncate text-muted text-sm">
          {description ? t('publicDescribed', { count, description }) : t('members', { count })}
        </span>
      </button>
      {joined ? (
        <Button size="small" onClick={open}>
          {t('open')}
        </Button>
      ) : (
        <JoinButton conversation={group} size="small" onJoined={open} />
      )}
    </li>
  );
}

function usePublicGroups(typed: string) {
  const q = useDeferredValue(typed.trim());
  const { data, hasNextPage, fetchNextPage, ...query } = useInfiniteQuery({
    queryKey: keys.publicConversations(q),
    queryFn: ({ pageParam, signal }) =>
      api.get<ConversationPage>(
        `/api/conversations/public?${new URLSearchParams({ q, ...(pageParam ? { cursor: pageParam } : {}) })}`,
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    staleTime: 0,
  });
  const groups = data?.pages.flatMap(({ conversations }) => conversations) ?? [];
  return { ...query, groups, more: hasNextPage ? () => void fetchNextPage() : null };
}
