'use client';
import { Hash } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { api } from '@/client/api/api';
import { useProblems } from '@/client/intl/problems';
import { useTranslations } from '@/client/intl/translations';
import { useTakeConversation } from '@/client/state/queries';
import { VisibilityCards } from '@/components/conversations/create-group-dialog';
import { type Picture, PictureField } from '@/components/settings/picture-field';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Face } from '@/components/ui/face';
import { Field, useFocusProblem } from '@/components/ui/field';
import { Input, Textarea } from '@/components/ui/input';
import { toast } from '@/components/ui/toast';
import type { Conversation } from '@/lib/domain/conversations/schema';
import { showsSomething } from '@/lib/platform/text/visible';

export function EditGroupDialog({ conversation, onClose }: { conversation: Conversation; onClose: () => void }) {
  const t = useTranslations('conversations');
  const ui = useTranslations('ui');
  const refusals = useProblems();
  const form = useId();
  const take = useTakeConversation();
  const [name, setName] = useState(conversation.name ?? '');
  const [description, setDescription] = useState(conversation.description);
  const [visibility, setVisibility] = useState(conversation.visibility);
  const [picture, setPicture] = useState<Picture>();
  const [problems, setProblems] = useState<Record<string, string>>({});
  const fields = useFocusProblem(problems);
  const [busy, setBusy] = useState(false);
  const image = picture === undefined ? conversation.image : (picture?.url ?? null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!showsSomething(name)) return setProblems({ name: t('needsName') });
    setBusy(true);
    try {
      const input = { name, description, visibility, ...(picture === undefined ? {} : { imageId: picture?.id ?? null }) };
      const answer = await api.patch<{ conversation: Conversation }>(`/api/conversations/${conversation.id}`, input);
      take(answer.conversation);
      onClose();
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
      title={t('editGroup')}
      footer={
        <>
          <Button onClick={onClose}>{ui('cancel')}</Button>
          <Button type="submit" form={form} look="primary" busy={busy}>
            {ui('save')}
          </Button>
        </>
      }
    >
      <form ref={fields} id={form} onSubmit={submit} noValidate className="flex flex-col gap-4">
        <PictureField hasPicture={image !== null} onChange={setPicture}>
          <Face id={conversation.id} name={name} image={image} size={72} square neutral icon={<Hash className="size-1/2" />} />
        </PictureField>
        <Field label={t('groupName')} error={problems.name}>
          {(control) => (
            <Input
              {...control}
              maxLength={80}
              autoComplete="off"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('description')} aside={ui('optional')} error={problems.description}>
          {(control) => (
            <Textarea
              {...control}
              maxLength={500}
              value={description}
              onChange={(event) => setDescription(event.target.value)}
            />
          )}
        </Field>
        <VisibilityCards value={visibility} onChange={setVisibility} />
      </form>
    </Dialog>
  );
}
