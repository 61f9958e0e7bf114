'use client';
import { useMemo } from 'react';
import { useConversations, useMe } from '@/client/state/queries';
import { otherOf, useTitleOf } from '@/components/conversations/title';
import { usePeople } from '@/components/users/people';
import type { Conversation } from '@/lib/domain/conversations/schema';
import type { User } from '@/lib/domain/users/schema';
import { fold } from '@/lib/platform/text/fold';

export type Found = { kind: 'conversation'; conversation: Conversation } | { kind: 'person'; person: User };

/** Conversations by name, then people one has not written with yet. Typing nothing finds the latest conversations. */
export function useFinder(typed: string): { found: Found[]; isPending: boolean } {
  const titleOf = useTitleOf();
  const me = useMe();
  const conversations = useConversations();
  const wanted = fold(typed);
  const { people, isPending } = usePeople(typed, wanted !== '');
  const found = useMemo(() => {
    const ranked = conversations
      .map((conversation) => ({ conversation, rank: rankOf(wordsOf(conversation, titleOf(conversation), me.id), wanted) }))
      .filter(({ rank }) => rank > 0)
      .sort((a, b) => b.rank - a.rank)
      .slice(0, wanted === '' ? 8 : 20);
    const known = new Set(conversations.map((conversation) => otherOf(conversation, me.id)?.id));
    const strangers =
      wanted === '' ? [] : people.filter(({ id, name, handle }) => !known.has(id) && rankOf(`${name} ${handle}`, wanted) > 0);
    return [
      ...ranked.map(({ conversation }): Found => ({ kind: 'conversation', conversation })),
      ...strangers.map((person): Found => ({ kind: 'person', person })),
    ];
  }, [conversations, people, wanted, me.id, titleOf]);
  return { found, isPending: isPending && wanted !== '' };
}

function wordsOf(conversation: Conversation, title: string, readerId: string): string {
  const handle = otherOf(conversation, readerId)?.handle ?? '';
  return `${title} ${handle}`;
}

/** 0 for no match; the beginning of the name is best, the beginning of a word next. */
function rankOf(words: string, wanted: string): number {
  const text = fold(words);
  if (text.startsWith(wanted)) return 3;
  if (text.includes(` ${wanted}`)) return 2;
  return text.includes(wanted) ? 1 : 0;
}
