'use client';
import { useState } from 'react';
import { useMemberActions } from '@/components/participants/members';
import { PeoplePicker } from '@/components/participants/people-picker';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import type { Conversation } from '@/lib/domain/conversations/schema';
import type { User } from '@/lib/domain/users/schema';
import { phrase } from '@/lib/platform/text/phrase';

interface Props {
  conversation: Conversation;
  /** who is in already */
  members: string[];
  onClose: () => void;
}

export function AddPeopleDialog({ conversation, members, onClose }: Props) {
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
      title={phrase`Add people to ${conversation.name}`}
      description="They will see everything that was said before."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" busy={busy} disabled={chosen.length === 0} onClick={add}>
            {chosen.length > 1 ? `Add ${chosen.length} people` : 'Add'}
          </Button>
        </>
      }
    >
      <PeoplePicker label="People" chosen={chosen} onChange={setChosen} without={members} />
    </Dialog>
  );
}
