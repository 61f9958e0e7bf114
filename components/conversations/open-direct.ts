'use client';
import { useCallback } from 'react';
import { api } from '@/client/api/api';
import { useProblems } from '@/client/intl/problems';
import { useConversations, useMe, useTakeConversation } from '@/client/state/queries';
import { openConversation } from '@/components/conversations/navigate';
import { otherOf } from '@/components/conversations/title';
import { toast } from '@/components/ui/toast';
import type { Conversation } from '@/lib/domain/conversations/schema';

/** Opens the conversation with a person, and creates it if there is none. The other person sees it with the first message. */
export function useOpenDirect(): (userId: string) => Promise<void> {
  const problems = useProblems();
  const me = useMe();
  const conversations = useConversations();
  const take = useTakeConversation();
  return useCallback(
    async (userId) => {
      const known = conversations.find((one) => otherOf(one, me.id)?.id === userId);
      if (known) return openConversation(known.id);
      try {
        const { conversation } = await api.post<{ conversation: Conversation }>('/api/conversations', {
          kind: 'direct',
          userId,
        });
        take(conversation);
        openConversation(conversation.id);
      } catch (error) {
        toast(problems.say(error), { kind: 'failed' });
      }
    },
    [conversations, me.id, take, problems],
  );
}
