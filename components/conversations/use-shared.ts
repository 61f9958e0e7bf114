import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '@/client/api/api';
import { keys } from '@/client/api/keys';
import type { PinPage } from '@/lib/domain/pins/schema';
import type { FilesAnswer, LinksAnswer } from '@/lib/domain/search/schema';

/**
 * Page after page of what was shared in a conversation, newest first.
 * @param list 'pins', 'links', 'files', 'files?kind=image'
 * @param version of what is listed: another one is requested anew, and the former stays until it is there
 */
export function useShared(conversationId: string, list: string, version = 0) {
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage, isPending, isError, refetch } = useInfiniteQuery({
    queryKey: [...keys.shared(conversationId, list), version],
    queryFn: ({ pageParam, signal }) =>
      api.get<Partial<FilesAnswer & LinksAnswer & PinPage> & { nextCursor: string | null }>(
        pathOf(conversationId, list, pageParam),
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: (before, query) => (query?.queryKey[1] === conversationId ? before : undefined),
    retry: false,
    staleTime: 0,
  });
  return {
    pages: data?.pages ?? [],
    isPending,
    isError: isError && !data,
    retry: () => void refetch(),
    more: hasNextPage && !isFetchingNextPage ? () => void fetchNextPage() : null,
  };
}

function pathOf(conversationId: string, list: string, cursor: string | null): string {
  const [name, query = ''] = list.split('?');
  const params = new URLSearchParams(query);
  if (cursor) params.set('cursor', cursor);
  return `/api/conversations/${conversationId}/${name}?${params}`;
}
