'use client';
import { Check, X } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { useMe } from '@/client/state/queries';
import { Field } from '@/components/ui/field';
import { useListCursor } from '@/components/ui/list-cursor';
import { PickerRow } from '@/components/ui/picker-row';
import { SkeletonRows } from '@/components/ui/skeleton';
import { Avatar } from '@/components/users/avatar';
import { usePeople } from '@/components/users/people';
import type { User } from '@/lib/domain/users/schema';
import { phrase } from '@/lib/platform/text/phrase';

interface Props {
  label: string;
  chosen: User[];
  onChange: (chosen: User[]) => void;
  /** who cannot be chosen: they are in already */
  without?: string[];
}

/** Several people, chosen one after the other from a search; Backspace in the empty field takes the last one back. */
export function PeoplePicker({ label, chosen, onChange, without = [] }: Props) {
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
              placeholder={chosen.length === 0 ? 'Name or handle' : ''}
              dir="auto"
              autoComplete="off"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              className="h-6.5 min-w-24 flex-1 bg-transparent px-1.5 focus-visible:outline-none"
            />
          </div>
          <div className="flex h-44 flex-col rounded-md border border-line">
            {isPending && <SkeletonRows count={3} label="Looking for people…" />}
            <div {...cursor.list('People')} className="min-h-0 overflow-y-auto p-1 empty:hidden">
              {offered.map((person, index) => (
                <PickerRow
                  key={person.id}
                  {...cursor.row(index)}
                  className="min-h-9!"
                  face={<Avatar user={person} status={person.status} size={24} ring="ring-raised" />}
                  name={person.name}
                  note={`@${person.handle}`}
                  aside={isChosen(person) && <Check aria-label="Chosen" className="size-4 text-accent-text" />}
                />
              ))}
            </div>
            {!isPending && offered.length === 0 && (
              <p className="px-2 py-6 text-center text-muted text-sm">
                {typed.trim() ? phrase`Nobody else is called “${typed.trim()}”.` : 'Nobody else is here yet.'}
              </p>
            )}
          </div>
        </>
      )}
    </Field>
  );
}

/** Somebody chosen; pressing takes them back. */
function Chip({ person, onRemove }: { person: User; onRemove: () => void }) {
  return (
    <button
      type="button"
      aria-label={phrase`Remove ${person.name}`}
      onClick={onRemove}
      className="flex h-6.5 items-center gap-1.5 rounded-full bg-accent-soft pr-1.5 pl-1 font-medium text-accent-text text-sm touch:h-9"
    >
      <Avatar user={person} size={20} />
      <span dir="auto" className="max-w-40 truncate">
        {person.name}
      </span>
      <X className="size-3.5" />
    </button>
  );
}
