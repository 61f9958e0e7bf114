'use client';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ApiError } from '@/client/api/api';
import { setSignedOut } from '@/client/socket/connection';

/** Provides the query cache. Queries never become stale by time, because the socket keeps them up to date. */
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
        retry: shouldRetry,
      },
    },
  });
  client.getQueryCache().subscribe(({ query }) => detectExpiry(query.state.error));
  client.getMutationCache().subscribe(({ mutation }) => detectExpiry(mutation?.state.error));
  return client;
}

const shouldRetry = (failures: number, error: Error) =>
  error instanceof ApiError && error.code === 'UNAVAILABLE' && failures < 3;

function detectExpiry(error: Error | null | undefined): void {
  if (error instanceof ApiError && error.code === 'UNAUTHENTICATED') setSignedOut();
}
