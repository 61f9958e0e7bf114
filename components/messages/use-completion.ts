import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type RefObject, useMemo, useState } from 'react';
import { api } from '@/client/api/api';
import { keys } from '@/client/api/keys';
import { useRoster } from '@/client/state/queries';
import { type Completion, completeEmoji, completePeople, findTrigger, type Trigger } from '@/components/messages/completion';
import { edit } from '@/components/messages/format';
import type { Conversation } from '@/lib/domain/conversations/schema';
import type { Sender, UserPage } from '@/lib/domain/users/schema';
import { fold } from '@/lib/platform/text/fold';

/** Completes `@` and `:` while typing. Queries are keyed by the typed text, so a late answer cannot replace a newer one. */
export function useCompletion(conversation: Conversation, me: string, area: RefObject<HTMLTextAreaElement | null>) {
  const [trigger, setTrigger] = useState<Trigger | null>(null);
  const [pickedKey, setPickedKey] = useState<string | null>(null);
  const people = usePeople(conversation, me, trigger?.kind === 'mention' ? trigger.query : null);
  const shortcodes = useShortcodes(trigger?.kind === 'emoji');
  const options = useMemo(() => {
    if (!trigger) return [];
    return trigger.kind === 'mention' ? completePeople(people, trigger.query) : completeEmoji(shortcodes, trigger.query);
  }, [trigger, people, shortcodes]);
  const chosen = chosenOf(options, pickedKey);

  /** Call it after every change of the text or the caret. */
  const look = () => {
    const input = area.current;
    if (!input) return;
    const found = input.selectionStart === input.selectionEnd ? findTrigger(input.value, input.selectionStart) : null;
    if (found?.query === trigger?.query && found?.start === trigger?.start && found?.kind === trigger?.kind) return;
    setTrigger(found);
    setPickedKey(null);
  };

  const take = (at: number) => {
    const option = options[at];
    if (!option || !trigger || !area.current) return;
    const caret = trigger.start + option.insert.length;
    edit(area.current, { from: trigger.start, to: area.current.selectionEnd, insert: option.insert, start: caret, end: caret });
    setTrigger(null);
  };

  const pick = (at: number) => setPickedKey(options[at]?.key ?? null);

  /** @returns whether the list handled the key; it handles Enter only when an option is chosen */
  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (options.length === 0) return false;
    if (event.key === 'ArrowDown') pick((chosen + 1) % options.length);
    else if (event.key === 'ArrowUp') pick((Math.max(chosen, 0) - 1 + options.length) % options.length);
    else if (event.key === 'Escape') setTrigger(null);
    else if (event.key === 'Tab' && !event.shiftKey) take(Math.max(chosen, 0));
    else if (event.key === 'Enter' && !event.shiftKey && chosen >= 0) take(chosen);
    else return false;
    event.preventDefault();
    return true;
  };

  return { options, chosen, look, take, onKeyDown, close: () => setTrigger(null) };
}

/**
 * The index of the option that Enter takes: the picked one, even if a later answer moved it; otherwise the first, if it begins
 * with the typed text; otherwise -1.
 */
function chosenOf(options: Completion[], pickedKey: string | null): number {
  const picked = pickedKey === null ? -1 : options.findIndex(({ key }) => key === pickedKey);
  if (picked >= 0) return picked;
  return options[0]?.begins ? 0 : -1;
}

function usePeople(conversation: Conversation, me: string, query: string | null): Sender[] {
  const roster = useRoster(conversation.id);
  // Only the first hundred members of a large group are loaded; the server searches the others.
  const wanted = fold(query ?? '');
  const asks = query !== null && query !== '' && conversation.participantCount > roster.length;
  const { data } = useQuery({
    queryKey: keys.users(wanted),
    queryFn: ({ signal }) => api.get<UserPage>(`/api/users?${new URLSearchParams({ q: wanted, limit: '50' })}`, signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    enabled: asks,
  });
  return useMemo(() => {
    const users = [
      ...roster.map(({ user }) => user),
      ...conversation.participants.map(({ user }) => user),
      ...(asks ? (data?.users ?? []) : []),
    ];
    return [...new Map(users.map((user) => [user.id, user])).values()].filter(({ id }) => id !== me);
  }, [roster, conversation.participants, data, asks, me]);
}

function useShortcodes(wanted: boolean): string[][] {
  const { data } = useQuery({
    queryKey: ['shortcodes'],
    queryFn: () => api.get<string[][]>('/emojibase/en/shortcodes.json'),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    enabled: wanted,
  });
  return data ?? none;
}

const none: string[][] = [];
