'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { api } from '@/components/api/api';
import { keys } from '@/components/api/keys';
import type { User, UserPage } from '@/lib/users/schema';

/** People by what was typed; while a new answer is on its way, the one before stays. */
export function usePeople(
  typed: string,
  enabled = true,
): { people: User[]; isPending: boolean; isError: boolean; retry: () => void } {
  const q = useDeferredValue(typed.trim());
  const { data, isPending, isError, refetch } = useQuery({
    queryKey: keys.users(q),
    queryFn: ({ signal }) => api.get<UserPage>(`/api/users?${new URLSearchParams({ q, limit: '50' })}`, signal),
    placeholderData: keepPreviousData,
    staleTime: 15_000,
    enabled,
  });
  return { people: data?.users ?? [], isPending, isError, retry: refetch };
}
