'use client';
import { type FormEvent, useId, useState } from 'react';
import { useTranslations } from '@/client/intl/translations';
import { useMe } from '@/client/state/queries';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useSetStatus } from '@/components/users/own-menu';

const suggestions = ['meeting', 'focusing', 'lunch', 'holiday'] as const;

/** A short status text that is shown beside the name. */
export function StatusDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('users');
  const ui = useTranslations('ui');
  const settings = useTranslations('settings');
  const form = useId();
  const me = useMe();
  const setStatus = useSetStatus();
  const [text, setText] = useState(me.statusText);
  const [busy, setBusy] = useState(false);
  const save = async (statusText: string) => {
    setBusy(true);
    if (await setStatus({ statusText })) onClose();
    else setBusy(false);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save(text);
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="small"
      title={t('whatAreYouUpTo')}
      footer={
        <>
          {me.statusText && (
            <Button look="quiet" className="me-auto" onClick={() => void save('')}>
              {t('clear')}
            </Button>
          )}
          <Button onClick={onClose}>{ui('cancel')}</Button>
          <Button type="submit" form={form} look="primary" busy={busy}>
            {ui('save')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-3">
        <Field label={settings('status')}>
          {(control) => (
            <Input
              {...control}
              maxLength={100}
              autoComplete="off"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        <div className="flex flex-wrap gap-2">
          {suggestions.map((suggestion) => (
            <Button key={suggestion} size="small" onClick={() => setText(t(`suggestions.${suggestion}`))}>
              {t(`suggestions.${suggestion}`)}
            </Button>
          ))}
        </div>
      </form>
    </Dialog>
  );
}
