'use client';
import { Hash, Lock } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { api } from '@/client/api/api';
import { useProblems } from '@/client/intl/problems';
import { useTranslations } from '@/client/intl/translations';
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
  const t = useTranslations('conversations');
  const ui = useTranslations('ui');
  const participants = useTranslations('participants');
  const refusals = useProblems();
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
    if (!showsSomething(name)) return setProblems({ name: t('giveName') });
    setBusy(true);
    try {
      const input = { kind: 'group', name, description, visibility, memberIds: members.map(({ id }) => id) };
      const { conversation } = await api.post<{ conversation: Conversation }>('/api/conversations', input);
      take(conversation);
      onClose();
      openConversation(conversation.id);
    } catch (error) {
      setBusy(false);
      const found = refusals.fields(error);
      if (Object.keys(found).length > 0) setProblems(found);
      else toast(refusals.say(error), { kind: 'failed' });
    }
  };

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('newGroup')}
      footer={
        <>
          <Button onClick={onClose}>{ui('cancel')}</Button>
          <Button type="submit" form={form} look="primary" busy={busy}>
            {t('createGroup')}
          </Button>
        </>
      }
    >
      <form ref={fields} id={form} onSubmit={submit} noValidate className="flex flex-col gap-4">
        <Field label={t('groupName')} error={problems.name}>
          {(control) => (
            <Input
              {...control}
              maxLength={80}
              autoComplete="off"
              placeholder={t('groupNameExample')}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('description')} aside={ui('optional')} error={problems.description}>
          {(control) => (
            <Input
              {...control}
              maxLength={500}
              autoComplete="off"
              placeholder={t('descriptionExample')}
              value={description}
              onChange={(event) => setDescription(event.target.value)}
            />
          )}
        </Field>
        <VisibilityCards value={visibility} onChange={setVisibility} />
        <PeoplePicker label={participants('members')} chosen={members} onChange={setMembers} />
      </form>
    </Dialog>
  );
}

export function VisibilityCards(props: {
  value: Conversation['visibility'];
  onChange: (value: Conversation['visibility']) => void;
}) {
  const t = useTranslations('conversations');
  return (
    <ChoiceCards
      label={t('whoCanJoin')}
      {...props}
      options={[
        { value: 'private', label: t('private'), hint: t('privateHint'), icon: <Lock /> },
        { value: 'public', label: t('public'), hint: t('publicHint'), icon: <Hash /> },
      ]}
    />
  );
}
