import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '@/client/api/api';
import type { FilesAnswer, LinksAnswer } from '@/lib/domain/search/schema';

/** Page after page of what was shared in a conversation, newest first. @param list 'links', 'files', 'files?kind=image' */
export function useShared(conversationId: string, list: string) {
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage, isPending, isError, refetch } = useInfiniteQuery({
    queryKey: ['shared', conversationId, list],
    queryFn: ({ pageParam, signal }) =>
      api.get<Partial<FilesAnswer & LinksAnswer> & { nextCursor: string | null }>(
        pathOf(conversationId, list, pageParam),
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
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
