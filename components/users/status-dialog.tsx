'use client';
import { type FormEvent, useId, useState } from 'react';
import { useMe } from '@/client/state/queries';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useSetStatus } from '@/components/users/own-menu';

const suggestions = ['In a meeting', 'Focusing', 'Out for lunch', 'On holiday'];

/** A few words that stand beside one's name. */
export function StatusDialog({ onClose }: { onClose: () => void }) {
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
      title="What are you up to?"
      footer={
        <>
          {me.statusText && (
            <Button look="quiet" className="mr-auto" onClick={() => void save('')}>
              Clear
            </Button>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} look="primary" busy={busy}>
            Save
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-3">
        <Field label="Status">
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
            <Button key={suggestion} size="small" onClick={() => setText(suggestion)}>
              {suggestion}
            </Button>
          ))}
        </div>
      </form>
    </Dialog>
  );
}
