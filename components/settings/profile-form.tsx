'use client';
import { type FormEvent, useState } from 'react';
import { ApiError } from '@/client/api/api';
import { useProblems } from '@/client/intl/problems';
import { useTranslations } from '@/client/intl/translations';
import { useMe, useSaveProfile } from '@/client/state/queries';
import { type Picture, PictureField } from '@/components/settings/picture-field';
import { SettingsSection } from '@/components/settings/settings-section';
import { Button } from '@/components/ui/button';
import { Field, useFocusProblem } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { toast } from '@/components/ui/toast';
import { Avatar } from '@/components/users/avatar';
import { showsSomething } from '@/lib/platform/text/visible';

export function ProfileForm() {
  const t = useTranslations('settings');
  const ui = useTranslations('ui');
  const accounts = useTranslations('accounts');
  const refusals = useProblems();
  const me = useMe();
  const save = useSaveProfile();
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
    if (!showsSomething(name)) return setProblems({ name: accounts('problems.enterName') });
    setBusy(true);
    setProblems({});
    try {
      const input = { name, handle, statusText, ...(picture === undefined ? {} : { imageId: picture?.id ?? null }) };
      const user = await save(input);
      setName(user.name);
      setHandle(user.handle);
      setStatusText(user.statusText);
      setPicture(undefined);
      toast(t('profileSaved'));
    } catch (error) {
      const found = isTaken(error) ? { handle: refusals.say(error) } : refusals.fields(error);
      if (Object.keys(found).length === 0) toast(refusals.say(error), { kind: 'failed' });
      setProblems(found);
    }
    setBusy(false);
  };

  return (
    <SettingsSection title={t('profile')} text={t('profileText')}>
      <form ref={fields} onSubmit={submit} noValidate className="flex max-w-110 flex-col gap-5">
        <PictureField hasPicture={image !== null} onChange={setPicture}>
          <Avatar user={{ ...me, name, image }} size={72} />
        </PictureField>
        <Field label={t('name')} error={problems.name}>
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
        <HandleField value={handle} error={problems.handle} onChange={setHandle} />
        <Field label={t('status')} aside={ui('optional')} error={problems.statusText}>
          {(control) => (
            <Input
              {...control}
              maxLength={100}
              autoComplete="off"
              placeholder={t('statusExample')}
              value={statusText}
              onChange={(event) => setStatusText(event.target.value)}
            />
          )}
        </Field>
        <Field label={accounts('email')} hint={t('emailHint')}>
          {(control) => <Input {...control} value={me.email} disabled readOnly />}
        </Field>
        <div>
          <Button type="submit" look="primary" busy={busy} disabled={!changed}>
            {t('saveChanges')}
          </Button>
        </div>
      </form>
    </SettingsSection>
  );
}

const isTaken = (error: unknown) => error instanceof ApiError && error.reason === 'HANDLE_TAKEN';

interface HandleProps {
  value: string;
  error: string | undefined;
  onChange: (handle: string) => void;
}

/** Latin letters from left to right, in every language. */
function HandleField({ value, error, onChange }: HandleProps) {
  const t = useTranslations('settings');
  return (
    <Field label={t('handle')} error={error} hint={t('handleHint')}>
      {(control) => (
        <div dir="ltr" className="relative">
          <span aria-hidden className="pointer-events-none absolute inset-y-0 start-3 flex items-center text-faint">
            @
          </span>
          <Input
            {...control}
            maxLength={32}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            className="ps-7.5!"
            value={value}
            onChange={(event) => onChange(event.target.value.toLowerCase())}
          />
        </div>
      )}
    </Field>
  );
}
