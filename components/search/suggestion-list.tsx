'use client';
import { Calendar, ListFilter } from 'lucide-react';
import { useTranslations } from '@/client/intl/translations';
import { ConversationFace } from '@/components/conversations/conversation-face';
import type { Suggestion } from '@/components/search/use-suggestions';
import type { useListCursor } from '@/components/ui/list-cursor';
import { PickerRow } from '@/components/ui/picker-row';
import { Avatar } from '@/components/users/avatar';

interface Props {
  suggestions: Suggestion[];
  cursor: ReturnType<typeof useListCursor>;
}

/** Suggestions for the operator that is being typed. */
export function SuggestionList({ suggestions, cursor }: Props) {
  const t = useTranslations('search');
  return (
    <div {...cursor.list(t('suggestions'))} className="min-h-0 flex-1 overflow-y-auto p-2 safe-bottom">
      {suggestions.map((suggestion, at) => (
        <PickerRow
          key={`${suggestion.chip.name} ${suggestion.chip.value}`}
          {...cursor.row(at)}
          face={<Face {...suggestion} />}
          name={suggestion.words}
          note={suggestion.person && <bdi>{`@${suggestion.person.handle}`}</bdi>}
        />
      ))}
    </div>
  );
}

function Face({ chip, person, conversation }: Suggestion) {
  if (person) return <Avatar user={person} size={24} />;
  if (conversation) return <ConversationFace conversation={conversation} size={24} ring="ring-surface" />;
  const Icon = chip.name === 'has' || chip.name === 'is' ? ListFilter : Calendar;
  return <Icon aria-hidden className="mx-1 size-4! text-faint" />;
}
