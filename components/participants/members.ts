'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/client/api/api';
import { useProblems } from '@/client/intl/problems';
import { dispatch } from '@/client/state/cache';
import { useRoster, useTakeConversation } from '@/client/state/queries';
import { toast } from '@/components/ui/toast';
import type { Conversation } from '@/lib/domain/conversations/schema';
import type { Participant, ParticipantPage, ParticipantRole } from '@/lib/domain/participants/schema';

/** A group's members: first the roster, which events keep current, then the rest page by page. */
export function useMembers(conversation: Conversation) {
  const { id, participantCount } = conversation;
  const roster = useRoster(id);
  const problems = useProblems();
  const [rest, setRest] = useState<{ list: Participant[]; cursor: string | null }>({ list: [], cursor: null });
  const [busy, setBusy] = useState(false);
  const inRoster = new Set(roster.map(({ user }) => user.id));
  const members = [...roster, ...rest.list.filter(({ user }) => !inRoster.has(user.id))];

  const more = async () => {
    setBusy(true);
    try {
      // The roster has no cursor, so the first page is read to find where the next one begins.
      const cursor = rest.cursor ?? (await getPage(id, null)).nextCursor;
      const page = await getPage(id, cursor);
      setRest(({ list }) => ({ list: [...list, ...page.participants], cursor: page.nextCursor }));
    } catch (error) {
      toast(problems.say(error), { kind: 'failed' });
    }
    setBusy(false);
  };
  return { members, isPending: roster.length === 0, missing: participantCount > members.length, more, busy };
}

function getPage(conversationId: string, cursor: string | null): Promise<ParticipantPage> {
  const query = new URLSearchParams({ limit: '100', ...(cursor ? { cursor } : {}) });
  return api.get<ParticipantPage>(`/api/conversations/${conversationId}/participants?${query}`);
}

/** The actions on a member. Each reports its own errors. */
export function useMemberActions(conversationId: string) {
  const client = useQueryClient();
  const take = useTakeConversation();
  const problems = useProblems();
  const path = `/api/conversations/${conversationId}/participants`;
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
      return true;
    } catch (error) {
      toast(problems.say(error), { kind: 'failed' });
      return false;
    }
  };
  return {
    add: (userIds: string[]) =>
      attempt(async () => {
        const answer = await api.post<{ conversation: Conversation; participants: Participant[] }>(path, { userIds });
        take(answer.conversation);
        for (const participant of answer.participants)
          dispatch(client, { name: 'participant.joined', payload: { conversationId, participant } });
      }),
    setRole: (userId: string, role: ParticipantRole) =>
      attempt(async () => {
        const { participant } = await api.patch<{ participant: Participant }>(`${path}/${userId}`, { role });
        dispatch(client, { name: 'participant.updated', payload: { conversationId, participant } });
      }),
    remove: (participant: Participant) =>
      attempt(async () => {
        await api.delete(`${path}/${participant.user.id}`);
        const gone = { ...participant, leftAt: new Date().toISOString() };
        dispatch(client, { name: 'participant.left', payload: { conversationId, participant: gone } });
      }),
    leave: () =>
      attempt(async () => {
        await api.delete(`${path}/me`);
        dispatch(client, { name: 'conversation.removed', payload: { conversationId, reason: 'left' } });
      }),
  };
}
