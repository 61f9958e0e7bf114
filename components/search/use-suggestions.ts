import { useMemo } from 'react';
import { useTranslations } from '@/client/intl/translations';
import { useConversations, useMe } from '@/client/state/queries';
import { otherOf, useTitleOf } from '@/components/conversations/title';
import { kinds, useChipWords } from '@/components/search/chip-words';
import type { Chip } from '@/components/search/session';
import { useClock } from '@/components/shell/clock';
import { usePeople } from '@/components/users/people';
import type { Conversation } from '@/lib/domain/conversations/schema';
import type { Sender } from '@/lib/domain/users/schema';
import { fold } from '@/lib/platform/text/fold';
import type { FilterName } from '@/lib/platform/text/search/query';

/** A filter that is suggested for the operator being typed. */
export interface Suggestion {
  chip: Chip;
  words: string;
  person?: Sender;
  conversation?: Conversation;
}

interface Operator {
  name: FilterName;
  value: string;
  /** its offset in the query */
  start: number;
}

const maxSuggestions = 8;

/** The unfinished operator at the end of the query, if there is one. */
export function operatorIn(typed: string): Operator | null {
  const found = /(?:^|\s)(from|in|has|is|on|before|after):["@#]*([^\s"]*)$/i.exec(typed);
  if (!found) return null;
  const start = found.index + (/^\s/.test(found[0]) ? 1 : 0);
  return { name: (found[1] ?? '').toLowerCase() as FilterName, value: found[2] ?? '', start };
}

/** Suggestions for the operator being typed; null if there is none. */
export function useSuggestions(typed: string): { operator: Operator; suggestions: Suggestion[] } | null {
  const t = useTranslations('search');
  const clock = useClock();
  const chipWords = useChipWords();
  const me = useMe();
  const titleOf = useTitleOf();
  const conversations = useConversations();
  const operator = operatorIn(typed);
  const { name, value = '' } = operator ?? {};
  const people = usePeopleCalled(value, name === 'from');
  const suggestions = useMemo((): Suggestion[] => {
    const wanted = fold(value);
    const begins = (...names: string[]) => names.some((one) => fold(one).includes(wanted));
    if (name === 'from')
      return people.map((person) => ({
        chip: { name, value: person.id, label: person.name },
        words: person.id === me.id ? t('me') : person.name,
        person,
      }));
    if (name === 'in')
      return conversations
        .filter((conversation) => begins(titleOf(conversation), otherOf(conversation, me.id)?.handle ?? ''))
        .map((conversation) => {
          const title = titleOf(conversation);
          return { chip: { name, value: conversation.id, label: title }, words: title, conversation };
        });
    if (name === 'has' || name === 'is')
      return kinds[name]
        .map((kind) => ({ chip: { name, value: kind }, words: chipWords({ name, value: kind }) }))
        .filter(({ chip, words }) => begins(chip.value, words));
    if (!name) return [];
    const dayOf = (days: number) => clock.dayKey(new Date(Date.now() - days * 86_400_000).toISOString());
    return [0, 1, 7, 30]
      .map((days) => ({ chip: { name, value: dayOf(days) }, words: chipWords({ name, value: dayOf(days) }) }))
      .filter(({ chip, words }) => begins(chip.value, words));
  }, [name, value, people, conversations, me.id, titleOf, chipWords, clock, t]);
  return operator && { operator, suggestions: suggestions.slice(0, maxSuggestions) };
}

/** People whose name or handle contains the text. The person and their contacts are found offline too. */
function usePeopleCalled(typed: string, enabled: boolean): Sender[] {
  const me = useMe();
  const conversations = useConversations();
  const { people } = usePeople(typed, enabled && typed !== '');
  return useMemo(() => {
    if (!enabled) return [];
    const known = conversations.flatMap(({ participants }) => participants.map(({ user }) => user));
    const all = new Map<string, Sender>([me, ...known, ...people].map((person) => [person.id, person]));
    const wanted = fold(typed);
    return [...all.values()].filter(({ name, handle }) => fold(`${name} ${handle}`).includes(wanted));
  }, [enabled, typed, me, conversations, people]);
}
