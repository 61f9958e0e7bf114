'use client';
import { UsersRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from '@/client/intl/translations';
import { useMe } from '@/client/state/queries';
import { useOpenDirect } from '@/components/conversations/open-direct';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Input } from '@/components/ui/input';
import { useListCursor } from '@/components/ui/list-cursor';
import { PickerRow } from '@/components/ui/picker-row';
import { SkeletonRows } from '@/components/ui/skeleton';
import { Avatar } from '@/components/users/avatar';
import { usePeople } from '@/components/users/people';

interface Props {
  onClose: () => void;
  onGroup: () => void;
}

export function NewDirectDialog({ onClose, onGroup }: Props) {
  const t = useTranslations('conversations');
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('newMessage')}
      footer={
        <Button look="quiet" className="me-auto" onClick={onGroup}>
          <UsersRound className="size-4" />
          {t('createGroupInstead')}
        </Button>
      }
    >
      <DirectBody onClose={onClose} />
    </Dialog>
  );
}

function DirectBody({ onClose }: { onClose: () => void }) {
  const t = useTranslations('participants');
  const ui = useTranslations('ui');
  const conversations = useTranslations('conversations');
  const me = useMe();
  const [typed, setTyped] = useState('');
  const { people, isPending, isError, retry } = usePeople(typed);
  const openDirect = useOpenDirect();
  const choose = (index: number) => {
    const person = people[index];
    if (!person) return;
    onClose();
    void openDirect(person.id);
  };
  const cursor = useListCursor(people.length, choose, typed);
  return (
    <>
      <Input
        {...cursor.field}
        aria-label={t('searchPeople')}
        placeholder={t('nameOrHandle')}
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <div className="-mx-2 mt-2 flex h-80 flex-col">
        {isPending && <SkeletonRows count={5} label={t('lookingForPeople')} />}
        <div {...cursor.list(t('people'))} className="min-h-0 overflow-y-auto">
          {people.map((person, index) => (
            <PickerRow
              key={person.id}
              {...cursor.row(index)}
              face={<Avatar user={person} status={person.status} size={32} ring="ring-raised" />}
              name={person.name}
              note={person.id === me.id ? t('youNotes') : undefined}
              detail={<bdi>{`@${person.handle}`}</bdi>}
            />
          ))}
        </div>
        {isError && (
          <p className="px-2 py-6 text-center text-muted text-sm">
            {t('peopleNotLoaded')}{' '}
            <button type="button" onClick={retry} className="font-medium text-accent-text">
              {ui('tryAgain')}
            </button>
          </p>
        )}
        {!isPending && !isError && people.length === 0 && (
          <p className="px-2 py-6 text-center text-muted text-sm">
            {conversations.rich('nobodyCalled', { typed: typed.trim() })}
          </p>
        )}
      </div>
    </>
  );
}
