'use client';
import { useState } from 'react';
import { useTranslations } from '@/client/intl/translations';
import { useMemberActions } from '@/components/participants/members';
import { PeoplePicker } from '@/components/participants/people-picker';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import type { Conversation } from '@/lib/domain/conversations/schema';
import type { User } from '@/lib/domain/users/schema';

interface Props {
  conversation: Conversation;
  /** the ids of the present members */
  members: string[];
  onClose: () => void;
}

export function AddPeopleDialog({ conversation, members, onClose }: Props) {
  const t = useTranslations('participants');
  const ui = useTranslations('ui');
  const conversations = useTranslations('conversations');
  const actions = useMemberActions(conversation.id);
  const [chosen, setChosen] = useState<User[]>([]);
  const [busy, setBusy] = useState(false);
  const add = async () => {
    setBusy(true);
    if (await actions.add(chosen.map(({ id }) => id))) onClose();
    else setBusy(false);
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={conversations('addPeopleTo', { group: conversation.name ?? '' })}
      description={t('theySeeAll')}
      footer={
        <>
          <Button onClick={onClose}>{ui('cancel')}</Button>
          <Button look="primary" busy={busy} disabled={chosen.length === 0} onClick={add}>
            {chosen.length > 1 ? t('addCount', { count: chosen.length }) : ui('add')}
          </Button>
        </>
      }
    >
      <PeoplePicker label={t('people')} chosen={chosen} onChange={setChosen} without={members} />
    </Dialog>
  );
}
