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
 * Finds people by a typed text. While a new answer is pending, those of the last answer who still match stay. Otherwise Enter
 * right after typing would choose the wrong person.
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

/**
 * Sorts an exact handle first.
 * @param isFormer whether the users answer an earlier text; those who no longer match are left out
 */
export function pick(users: User[], typed: string, isFormer: boolean): User[] {
  const text = fold(typed);
  const fits = ({ name, handle }: User) => fold(name).includes(text) || handle.includes(text);
  const isNamed = ({ handle }: User) => handle === text;
  const fitting = isFormer ? users.filter(fits) : users;
  return [...fitting.filter(isNamed), ...fitting.filter((user) => !isNamed(user))];
}
