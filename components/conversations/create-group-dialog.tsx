'use client';
import { Hash, Lock } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { ApiError, api } from '@/client/api/api';
import { useTakeConversation } from '@/client/state/queries';
import { openConversation } from '@/components/conversations/navigate';
import { PeoplePicker } from '@/components/participants/people-picker';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field, useFocusProblem } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { ChoiceCards } from '@/components/ui/segmented';
import { toast } from '@/components/ui/toast';
import type { Conversation } from '@/lib/domain/conversations/schema';
import type { User } from '@/lib/domain/users/schema';
import { showsSomething } from '@/lib/platform/text/visible';

export function CreateGroupDialog({ onClose }: { onClose: () => void }) {
  const form = useId();
  const take = useTakeConversation();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [visibility, setVisibility] = useState<Conversation['visibility']>('private');
  const [members, setMembers] = useState<User[]>([]);
  const [problems, setProblems] = useState<Record<string, string>>({});
  const fields = useFocusProblem(problems);
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!showsSomething(name)) return setProblems({ name: 'Give the group a name.' });
    setBusy(true);
    try {
      const input = { kind: 'group', name, description, visibility, memberIds: members.map(({ id }) => id) };
      const { conversation } = await api.post<{ conversation: Conversation }>('/api/conversations', input);
      take(conversation);
      onClose();
      openConversation(conversation.id);
    } catch (error) {
      setBusy(false);
      if (error instanceof ApiError && Object.keys(error.fields).length > 0) setProblems(error.fields);
      else toast((error as Error).message, { kind: 'failed' });
    }
  };

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="New group"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} look="primary" busy={busy}>
            Create group
          </Button>
        </>
      }
    >
      <form ref={fields} id={form} onSubmit={submit} noValidate className="flex flex-col gap-4">
        <Field label="Name" error={problems.name}>
          {(control) => (
            <Input
              {...control}
              maxLength={80}
              autoComplete="off"
              placeholder="design"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field label="Description" aside="Optional" error={problems.description}>
          {(control) => (
            <Input
              {...control}
              maxLength={500}
              autoComplete="off"
              placeholder="What it is for"
              value={description}
              onChange={(event) => setDescription(event.target.value)}
            />
          )}
        </Field>
        <VisibilityCards value={visibility} onChange={setVisibility} />
        <PeoplePicker label="Members" chosen={members} onChange={setMembers} />
      </form>
    </Dialog>
  );
}

export function VisibilityCards(props: {
  value: Conversation['visibility'];
  onChange: (value: Conversation['visibility']) => void;
}) {
  return (
    <ChoiceCards
      label="Who can join"
      {...props}
      options={[
        { value: 'private', label: 'Private', hint: 'Only people who are added see it.', icon: <Lock /> },
        { value: 'public', label: 'Public', hint: 'Everybody here can find it and join.', icon: <Hash /> },
      ]}
    />
  );
}
