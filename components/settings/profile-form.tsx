'use client';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ApiError, api } from '@/client/api/api';
import { keys } from '@/client/api/keys';
import { useMe } from '@/client/state/queries';
import { type Picture, PictureField } from '@/components/settings/picture-field';
import { SettingsSection } from '@/components/settings/settings-section';
import { Button } from '@/components/ui/button';
import { Field, useFocusProblem } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { toast } from '@/components/ui/toast';
import { Avatar } from '@/components/users/avatar';
import type { Me } from '@/lib/domain/users/schema';
import { showsSomething } from '@/lib/platform/text/visible';

export function ProfileForm() {
  const me = useMe();
  const client = useQueryClient();
  const [name, setName] = useState(me.name);
  const [handle, setHandle] = useState(me.handle);
  const [statusText, setStatusText] = useState(me.statusText);
  const [picture, setPicture] = useState<Picture>();
  const [problems, setProblems] = useState<Record<string, string>>({});
  const fields = useFocusProblem(problems);
  const [busy, setBusy] = useState(false);
  const image = picture === undefined ? me.image : (picture?.url ?? null);
  const changed = name !== me.name || handle !== me.handle || statusText !== me.statusText || picture !== undefined;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!showsSomething(name)) return setProblems({ name: 'Say what people should call you.' });
    setBusy(true);
    setProblems({});
    try {
      const input = { name, handle, statusText, ...(picture === undefined ? {} : { imageId: picture?.id ?? null }) };
      const { user } = await api.patch<{ user: Me }>('/api/me', input);
      client.setQueryData<Me>(keys.me, user);
      setName(user.name);
      setHandle(user.handle);
      setStatusText(user.statusText);
      setPicture(undefined);
      toast('Your profile is saved.');
    } catch (error) {
      setProblems(problemsOf(error));
    }
    setBusy(false);
  };

  return (
    <SettingsSection title="Profile" text="This is how others see you.">
      <form ref={fields} onSubmit={submit} noValidate className="flex max-w-110 flex-col gap-5">
        <PictureField hasPicture={image !== null} onChange={setPicture}>
          <Avatar user={{ ...me, name, image }} size={72} />
        </PictureField>
        <Field label="Name" error={problems.name}>
          {(control) => (
            <Input
              {...control}
              maxLength={80}
              autoComplete="name"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field label="Handle" error={problems.handle} hint="Others mention you with it: small letters, digits, dots, - and _.">
          {(control) => (
            <div className="relative">
              <span aria-hidden className="pointer-events-none absolute inset-y-0 left-3 flex items-center text-faint">
                @
              </span>
              <Input
                {...control}
                maxLength={32}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                className="pl-7.5!"
                value={handle}
                onChange={(event) => setHandle(event.target.value.toLowerCase())}
              />
            </div>
          )}
        </Field>
        <Field label="Status" aside="Optional" error={problems.statusText}>
          {(control) => (
            <Input
              {...control}
              maxLength={100}
              autoComplete="off"
              placeholder="What you are up to"
              value={statusText}
              onChange={(event) => setStatusText(event.target.value)}
            />
          )}
        </Field>
        <Field label="E-mail" hint="You sign in with it. Others do not see it.">
          {(control) => <Input {...control} value={me.email} disabled readOnly />}
        </Field>
        <div>
          <Button type="submit" look="primary" busy={busy} disabled={!changed}>
            Save changes
          </Button>
        </div>
      </form>
    </SettingsSection>
  );
}

function problemsOf(error: unknown): Record<string, string> {
  if (error instanceof ApiError && error.code === 'CONFLICT') return { handle: 'Somebody else has this handle.' };
  if (error instanceof ApiError && Object.keys(error.fields).length > 0) return error.fields;
  toast((error as Error).message, { kind: 'failed' });
  return {};
}
