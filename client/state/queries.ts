'use client';

import { type QueryClient, skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { api } from '@/client/api/api';
import { keys } from '@/client/api/keys';
import { takeConversation } from '@/client/socket/answers';
import { sortConversations } from '@/client/state/header';
import { fetchConversation, fetchWindow } from '@/client/state/history';
import type { Conversation, ConversationPage } from '@/lib/domain/conversations/schema';
import type { Participant } from '@/lib/domain/participants/schema';
import type { Me, ProfileInput } from '@/lib/domain/users/schema';

/** Events keep these current, so they are never refetched by time or focus. */
const live = { staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false, refetchOnReconnect: false } as const;
const keptMs = 15 * 60_000;

/** The signed-in user. */
export function useMe(): Me {
  const { data } = useQuery({ queryKey: keys.me, queryFn: async () => (await api.get<{ user: Me }>('/api/me')).user, ...live });
  return data ?? nobody;
}

/** Saves fields of the signed-in user's profile and settings. */
export function useSaveProfile(): (input: ProfileInput) => Promise<Me> {
  const client = useQueryClient();
  return async (input) => {
    const { user } = await api.patch<{ user: Me }>('/api/me', input);
    client.setQueryData<Me>(keys.me, user);
    return user;
  };
}

/** My conversations, newest message first. */
export function useConversations(): Conversation[] {
  const { data } = useQuery({
    queryKey: keys.conversations,
    queryFn: async () => {
      const page = await api.get<ConversationPage>('/api/conversations?limit=100');
      return { ...page, conversations: sortConversations(page.conversations) };
    },
    ...live,
  });
  return data?.conversations ?? none;
}

/** A conversation of mine, or the preview of a public group; `error` is NOT_FOUND when it is neither. */
export function useConversation(id: string): { conversation: Conversation | undefined; error: Error | null } {
  const client = useQueryClient();
  const listed = useConversations().find((conversation) => conversation.id === id);
  const { data, error } = useQuery({ ...unlisted(client, id), enabled: !listed });
  const conversation = listed ?? data;
  return { conversation, error: conversation ? null : error };
}

const unlisted = (client: QueryClient, id: string) => ({
  queryKey: keys.conversation(id),
  queryFn: () => fetchConversation(client, id),
  retry: false,
  ...live,
});

/** The loaded part of a conversation's history. */
export function useMessages(conversationId: string) {
  const client = useQueryClient();
  return useQuery({
    queryKey: keys.messages(conversationId),
    queryFn: ({ signal }) => fetchWindow(client, conversationId, signal),
    gcTime: keptMs,
    ...live,
  });
}

/**
 * Up to 100 participants with their watermarks: for receipts, completion, the list of people. They come with the answer to
 * `conversation.join` (open.ts), so this requests nothing.
 */
export function useRoster(conversationId: string): Participant[] {
  const { data } = useQuery<Participant[]>({
    queryKey: keys.roster(conversationId),
    queryFn: skipToken,
    gcTime: keptMs,
    ...live,
  });
  return data ?? nobodyIn;
}

/** Puts a conversation from an answer into the cache. */
export function useTakeConversation(): (conversation: Conversation) => void {
  const client = useQueryClient();
  return useCallback((conversation) => takeConversation(client, conversation), [client]);
}

const none: Conversation[] = [];
const nobodyIn: Participant[] = [];
const nobody: Me = {
  id: '',
  name: '',
  handle: '',
  image: null,
  status: 'offline',
  statusText: '',
  lastSeenAt: null,
  email: '',
  role: 'member',
  may: { invite: false, administer: false, own: false },
  locale: null,
};
