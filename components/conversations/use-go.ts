import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '@/client/api/api';
import { useConnection } from '@/client/socket/connection';
import type { GoAnswer } from '@/lib/domain/search/schema';

/** Typing goes on at about this pace; each letter would be a request otherwise. */
const pauseMs = 120;

/** People and groups that the server finds by name, also those that this page has not got; nothing while offline. */
export function useGo(typed: string, enabled: boolean): GoAnswer {
  const wanted = typed.trim().slice(0, 100);
  const [q, setQ] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setQ(wanted), pauseMs);
    return () => clearTimeout(timer);
  }, [wanted]);
  const isOnline = useConnection() === 'connected';
  const { data } = useQuery({
    queryKey: ['go', q],
    queryFn: ({ signal }) => api.get<GoAnswer>(`/api/go?${new URLSearchParams({ q })}`, signal),
    enabled: enabled && isOnline && q !== '',
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 15_000,
  });
  return (wanted !== '' && data) || nothing;
}

const nothing: GoAnswer = { people: [], conversations: [] };
