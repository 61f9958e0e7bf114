'use client';
import { type ChangeEvent, type ReactNode, useRef, useState } from 'react';
import { errorOf } from '@/client/api/api';
import { useProblems } from '@/client/intl/problems';
import { type Translator, useTranslations } from '@/client/intl/translations';
import { Button } from '@/components/ui/button';
import type { Attachment } from '@/lib/domain/attachments/schema';
import { limits } from '@/lib/platform/limits/schema';

/** An uploaded picture, or null for none. */
export type Picture = { id: string; url: string } | null | undefined;

interface Props {
  hasPicture: boolean;
  onChange: (picture: Picture) => void;
  /** the present picture */
  children: ReactNode;
}

/** Chooses a picture. It is uploaded and shown at once, and used when the form is saved. */
export function PictureField({ hasPicture, onChange, children }: Props) {
  const t = useTranslations('settings');
  const ui = useTranslations('ui');
  const problems = useProblems();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  const choose = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (!file) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const refusal = judge(file, t);
      if (refusal) setProblem(refusal);
      else onChange(await upload(file));
    } catch (error) {
      setProblem(problems.say(error));
    }
    setBusy(false);
  };

  return (
    <div className="flex items-center gap-4">
      {children}
      <div className="flex flex-col gap-1.5">
        <div className="flex gap-2">
          <Button size="small" busy={busy} onClick={() => input.current?.click()}>
            {hasPicture ? t('changePicture') : t('uploadPicture')}
          </Button>
          {hasPicture && (
            <Button size="small" look="quiet" onClick={() => onChange(null)}>
              {ui('remove')}
            </Button>
          )}
        </div>
        <p role={problem ? 'alert' : undefined} className={problem ? 'text-danger text-xs' : 'text-faint text-xs'}>
          {problem ?? t('pictureFormats')}
        </p>
        <input
          ref={input}
          type="file"
          accept="image/jpeg,image/png,image/webp,image/gif"
          aria-label={t('picture')}
          className="hidden"
          onChange={choose}
        />
      </div>
    </div>
  );
}

/** The reason why the server would refuse the file. */
function judge(file: File, t: Translator<'settings'>): string | null {
  if (!file.type.startsWith('image/')) return t('notPicture');
  return file.size > limits().upload ? t('pictureTooLarge') : null;
}

async function upload(file: File): Promise<{ id: string; url: string }> {
  const body = new FormData();
  body.append('file', file);
  const response = await fetch('/api/uploads', { method: 'POST', body });
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw errorOf(response.status, answer);
  const { attachment } = answer as { attachment: Attachment };
  return { id: attachment.id, url: attachment.url };
}
