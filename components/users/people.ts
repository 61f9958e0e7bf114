'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { api } from '@/client/api/api';
import { keys } from '@/client/api/keys';
import type { User, UserPage } from '@/lib/domain/users/schema';
import { fold } from '@/lib/platform/text/fold';

interface Found {
  people: User[];
  isPending: boolean;
  isError: boolean;
  retry: () => void;
}

/**
 * People by what was typed. While a new answer is on its way, those of the one before stay who fit: whoever types and presses
 * Enter at once must not get somebody else.
 */
export function usePeople(typed: string, enabled = true): Found {
  const wanted = typed.trim();
  const q = useDeferredValue(wanted);
  const { data, isPending, isError, isPlaceholderData, refetch } = useQuery({
    queryKey: keys.users(q),
    queryFn: ({ signal }) => api.get<UserPage>(`/api/users?${new URLSearchParams({ q, limit: '50' })}`, signal),
    placeholderData: keepPreviousData,
    staleTime: 15_000,
    enabled,
  });
  const isFormer = isPlaceholderData || q !== wanted;
  const people = pick(data?.users ?? [], wanted, isFormer);
  return { people, isPending: isPending || (isFormer && people.length === 0), isError, retry: refetch };
}

/** Whose handle it is comes first. @param isFormer they answer something typed earlier, and those who do not fit are left out */
export function pick(users: User[], typed: string, isFormer: boolean): User[] {
  const text = fold(typed);
  const fits = ({ name, handle }: User) => fold(name).includes(text) || handle.includes(text);
  const isNamed = ({ handle }: User) => handle === text;
  const fitting = isFormer ? users.filter(fits) : users;
  return [...fitting.filter(isNamed), ...fitting.filter((user) => !isNamed(user))];
}
