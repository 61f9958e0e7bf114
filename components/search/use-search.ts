import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { api } from '@/client/api/api';
import { keys } from '@/client/api/keys';
import { searchLocally } from '@/client/search/local-search';
import { narrowingOf, type Place } from '@/client/search/narrowing';
import { useConnection } from '@/client/socket/connection';
import { useConversations, useMe } from '@/client/state/queries';
import { otherOf, useTitleOf } from '@/components/conversations/title';
import { type Group, groupsOf, type Hit, hitOfEntry, hitsOfAnswer } from '@/components/search/hits';
import { type Chip, useSession } from '@/components/search/session';
import { useFrame } from '@/components/shell/frame';
import type { SearchAnswer } from '@/lib/domain/search/schema';
import { isEmpty, parseSearch } from '@/lib/platform/text/search/query';

/** The results of the current search, and its state. */
export interface Found {
  /** identifies the search */
  key: string;
  isAsked: boolean;
  groups: Group[];
  hits: Hit[];
  /** an answer is pending */
  isPending: boolean;
  /** the first page of the server's answer */
  answer: SearchAnswer | undefined;
  /** why the server has not answered; null if it has or will */
  without: 'offline' | 'away' | null;
  more: (() => void) | null;
}

const localLimit = 20;

/** Runs the session's search in this browser and on the server at the same time. */
export function useSearch(): Found {
  const { typed, chips, sort } = useSession();
  const query = useMemo(() => parseSearch(typed), [typed]);
  const isAsked = chips.length > 0 || !isEmpty(query);
  const key = JSON.stringify([typed.trim(), chips, sort]);
  const isOffline = useConnection() === 'offline';
  const local = useLocal(key, isAsked);
  const server = useServer(useSettled(key, pauseMs), isAsked && !isOffline);
  const isCurrent = server.key === key;
  const pages = isCurrent ? server.pages : undefined;
  const isRanked = sort === 'best' && !isOffline && !(isCurrent && server.isError);
  const hits = isRanked ? noHits : local.hits;
  const groups = useMemo(
    () => (isAsked ? groupsOf([hits, ...(pages ?? []).map((page) => hitsOfAnswer(page, query))]) : []),
    [isAsked, hits, pages, query],
  );
  const without = isOffline ? 'offline' : isCurrent && server.isError ? 'away' : null;
  return {
    key,
    isAsked,
    groups,
    hits: useMemo(() => groups.flatMap((group) => group.hits), [groups]),
    isPending: isAsked && (local.isPending || (without === null && pages === undefined)),
    answer: pages?.[0],
    without: isAsked ? without : null,
    more: isCurrent ? server.more : null,
  };
}

/** The server is queried after a pause of typing instead of after each letter. */
const pauseMs = 150;

/** The value, once it has not changed for `ms`. */
function useSettled(value: string, ms: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}

/** Local results. The previous ones stay until the new ones are there. */
function useLocal(key: string, isAsked: boolean): { hits: Hit[]; isPending: boolean } {
  const me = useMe();
  const timeZone = useFrame((frame) => frame.zone);
  const places = usePlaces();
  const [found, setFound] = useState<{ key: string; hits: Hit[] }>({ key: '', hits: noHits });
  useEffect(() => {
    if (!isAsked) return;
    const [typed, chosen] = JSON.parse(key) as [string, Chip[]];
    const query = parseSearch(typed);
    const narrowing = narrowingOf(query, { me: me.id, timeZone, now: Date.now(), places, chosen });
    let isCurrent = true;
    void searchLocally({ terms: query.terms, narrowing, limit: localLimit }).then((entries) => {
      if (isCurrent) setFound({ key, hits: entries.map((entry) => hitOfEntry(entry, query)) });
    });
    return () => {
      isCurrent = false;
    };
  }, [key, isAsked, me.id, timeZone, places]);
  return { hits: isAsked ? found.hits : noHits, isPending: found.key !== key };
}

/** The names of the person's conversations after `in:`. */
function usePlaces(): Place[] {
  const me = useMe();
  const titleOf = useTitleOf();
  const conversations = useConversations();
  // Depends on names alone: with every new message, a new search would move the results under the reader.
  const names = JSON.stringify(
    conversations
      .map((conversation) => {
        const other = otherOf(conversation, me.id);
        return { id: conversation.id, names: [other ? `@${other.handle}` : `#${titleOf(conversation)}`] };
      })
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
  );
  return useMemo(() => JSON.parse(names) as Place[], [names]);
}

function useServer(key: string, enabled: boolean) {
  const zone = useFrame((frame) => frame.zone);
  const query = useInfiniteQuery({
    queryKey: keys.search(key, zone),
    queryFn: ({ pageParam, signal }) => api.get<SearchAnswer>(`/api/search?${paramsOf(key, zone, pageParam)}`, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    enabled: enabled && key !== emptyKey(key),
    retry: false,
    staleTime: 30_000,
  });
  const { data, isError, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = query;
  const isConnected = useConnection() === 'connected';
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each connection, and not after each failure
  useEffect(() => {
    if (isConnected && isError) void refetch();
  }, [isConnected]);
  const more = hasNextPage && !isFetchingNextPage ? () => void fetchNextPage() : null;
  return { key, pages: data?.pages, isError: isError && !data, more };
}

/** The key of an empty search in the same order. */
function emptyKey(key: string): string {
  const [, , sort] = JSON.parse(key) as [string, Chip[], string];
  return JSON.stringify(['', [], sort]);
}

function paramsOf(key: string, tz: string, cursor: string | null): string {
  const [typed, chips, sort] = JSON.parse(key) as [string, Chip[], string];
  const valuesOf = (name: Chip['name']) => chips.filter((chip) => chip.name === name).map(({ value }) => value);
  const [on] = valuesOf('on');
  const params: Record<string, string | undefined> = {
    q: on ? `${typed} on:${on}` : typed,
    conversationId: valuesOf('in')[0],
    from: valuesOf('from').join(),
    before: valuesOf('before')[0],
    after: valuesOf('after')[0],
    has: valuesOf('has').join(),
    is: valuesOf('is').join(),
    sort,
    tz,
    cursor: cursor ?? undefined,
  };
  return String(new URLSearchParams(Object.entries(params).flatMap(([name, value]) => (value ? [[name, value]] : []))));
}

const noHits: Hit[] = [];
