'use client';
import { Check, X } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslations } from '@/client/intl/translations';
import { useMe } from '@/client/state/queries';
import { Field } from '@/components/ui/field';
import { useListCursor } from '@/components/ui/list-cursor';
import { PickerRow } from '@/components/ui/picker-row';
import { SkeletonRows } from '@/components/ui/skeleton';
import { Avatar } from '@/components/users/avatar';
import { usePeople } from '@/components/users/people';
import type { User } from '@/lib/domain/users/schema';

interface Props {
  label: string;
  chosen: User[];
  onChange: (chosen: User[]) => void;
  /** ids of people who cannot be chosen, because they are members already */
  without?: string[];
}

/** Chooses several people one after another from a search. Backspace in the empty field removes the last one. */
export function PeoplePicker({ label, chosen, onChange, without = [] }: Props) {
  const t = useTranslations('participants');
  const me = useMe();
  const [typed, setTyped] = useState('');
  const { people, isPending } = usePeople(typed);
  const offered = people.filter(({ id }) => id !== me.id && !without.includes(id));
  const isChosen = (person: User) => chosen.some(({ id }) => id === person.id);
  const toggle = (person: User) => {
    onChange(isChosen(person) ? chosen.filter(({ id }) => id !== person.id) : [...chosen, person]);
    setTyped('');
  };
  const cursor = useListCursor(offered.length, (index) => offered[index] && toggle(offered[index]), typed);
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Backspace' && typed === '' && !event.nativeEvent.isComposing) onChange(chosen.slice(0, -1));
    else cursor.field.onKeyDown(event);
  };
  return (
    <Field label={label}>
      {(control) => (
        <>
          <div className="field flex min-h-9 cursor-text flex-wrap items-center gap-1.5 px-1.5! py-1 has-focus-visible:border-accent has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:-outline-offset-1 touch:min-h-11">
            {chosen.map((person) => (
              <Chip key={person.id} person={person} onRemove={() => toggle(person)} />
            ))}
            <input
              {...control}
              {...cursor.field}
              onKeyDown={press}
              placeholder={chosen.length === 0 ? t('nameOrHandle') : ''}
              dir="auto"
              autoComplete="off"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              className="h-6.5 min-w-24 flex-1 bg-transparent px-1.5 focus-visible:outline-none"
            />
          </div>
          <div className="flex h-44 flex-col rounded-md border border-line">
            {isPending && <SkeletonRows count={3} label={t('lookingForPeople')} />}
            <div {...cursor.list(t('people'))} className="min-h-0 overflow-y-auto p-1 empty:hidden">
              {offered.map((person, index) => (
                <PickerRow
                  key={person.id}
                  {...cursor.row(index)}
                  className="min-h-9!"
                  face={<Avatar user={person} status={person.status} size={24} ring="ring-raised" />}
                  name={person.name}
                  note={<bdi>{`@${person.handle}`}</bdi>}
                  aside={isChosen(person) && <Check aria-label={t('chosen')} className="size-4 text-accent-text" />}
                />
              ))}
            </div>
            {!isPending && offered.length === 0 && (
              <p className="px-2 py-6 text-center text-muted text-sm">
                {typed.trim() ? t('nobodyElseCalled', { typed: typed.trim() }) : t('nobodyElse')}
              </p>
            )}
          </div>
        </>
      )}
    </Field>
  );
}

/** A chosen person; a click removes them. */
function Chip({ person, onRemove }: { person: User; onRemove: () => void }) {
  const t = useTranslations('participants');
  return (
    <button
      type="button"
      aria-label={t('removePerson', { person: person.name })}
      onClick={onRemove}
      className="flex h-6.5 items-center gap-1.5 rounded-full bg-accent-soft ps-1 pe-1.5 font-medium text-accent-text text-sm touch:h-9"
    >
      <Avatar user={person} size={20} />
      <span dir="auto" className="max-w-40 truncate">
        {person.name}
      </span>
      <X className="size-3.5" />
    </button>
  );
}
