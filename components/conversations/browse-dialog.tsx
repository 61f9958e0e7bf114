'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Compass, Hash } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { api } from '@/client/api/api';
import { keys } from '@/client/api/keys';
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
import { phrase } from '@/lib/platform/text/phrase';

interface Props {
  onClose: () => void;
  onCreate: () => void;
}

export function BrowseDialog({ onClose, onCreate }: Props) {
  const [typed, setTyped] = useState('');
  const { groups, isPending, isError, more, refetch } = usePublicGroups(typed);
  return (
    <Dialog open onOpenChange={onClose} title="Public groups" description="Open to everybody in this workspace.">
      <Input
        aria-label="Search public groups"
        placeholder="Search"
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <div className="-mx-2 mt-2 flex h-92 flex-col overflow-y-auto">
        {isPending && <SkeletonRows count={6} label="Looking for groups…" />}
        <ul>
          {groups.map((group) => (
            <GroupRow key={group.id} group={group} onOpen={onClose} />
          ))}
        </ul>
        {more && (
          <Button look="quiet" className="mx-2 mt-1" onClick={more}>
            More
          </Button>
        )}
        {isError && (
          <EmptyState title="Groups could not be loaded" action={<Button onClick={() => refetch()}>Try again</Button>} />
        )}
        {!isPending && !isError && groups.length === 0 && (
          <EmptyState
            icon={<Compass />}
            title={typed.trim() ? phrase`No group is called “${typed.trim()}”` : 'No public groups yet'}
            text="A public group is one that anybody here can find and join."
            action={<Button onClick={onCreate}>Create a group</Button>}
          />
        )}
      </div>
    </Dialog>
  );
}

function GroupRow({ group, onOpen }: { group: Conversation; onOpen: () => void }) {
  const joined = useConversations().some(({ id }) => id === group.id);
  const open = () => {
    onOpen();
    openConversation(group.id);
  };
  const people = `${group.participantCount} ${group.participantCount === 1 ? 'member' : 'members'}`;
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
      <button type="button" onClick={open} className="min-w-0 flex-1 rounded-sm text-left">
        <span dir="auto" className="block truncate font-medium">
          {group.name}
        </span>
        <span className="block truncate text-muted text-sm">
          {group.description ? phrase`${people} · ${group.description}` : people}
        </span>
      </button>
      {joined ? (
        <Button size="small" onClick={open}>
          Open
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
