'use client';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ApiError } from '@/client/api/api';
import { setSignedOut } from '@/client/socket/connection';

/** The cache of what the server knows. Nothing in it grows stale by itself: the socket keeps it fresh. */
export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(createClient);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}

function createClient(): QueryClient {
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: worthAnother,
      },
    },
  });
  client.getQueryCache().subscribe(({ query }) => noticeExpiry(query.state.error));
  client.getMutationCache().subscribe(({ mutation }) => noticeExpiry(mutation?.state.error));
  return client;
}

const worthAnother = (failures: number, error: Error) =>
  error instanceof ApiError && error.code === 'UNAVAILABLE' && failures < 3;

function noticeExpiry(error: Error | null | undefined): void {
  if (error instanceof ApiError && error.code === 'UNAUTHENTICATED') setSignedOut();
}
