'use client';
import { type ChangeEvent, type ReactNode, useRef, useState } from 'react';
import { errorOf } from '@/client/api/api';
import { Button } from '@/components/ui/button';
import type { Attachment } from '@/lib/domain/attachments/schema';
import { limits } from '@/lib/platform/limits/schema';

/** An uploaded picture, or null for none. */
export type Picture = { id: string; url: string } | null | undefined;

interface Props {
  hasPicture: boolean;
  onChange: (picture: Picture) => void;
  /** the face as it is now */
  children: ReactNode;
}

/** Chooses a picture: it is uploaded at once and shown, and used when the form around it is saved. */
export function PictureField({ hasPicture, onChange, children }: Props) {
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
      onChange(await upload(file));
    } catch (error) {
      setProblem((error as Error).message);
    }
    setBusy(false);
  };

  return (
    <div className="flex items-center gap-4">
      {children}
      <div className="flex flex-col gap-1.5">
        <div className="flex gap-2">
          <Button size="small" busy={busy} onClick={() => input.current?.click()}>
            {hasPicture ? 'Change picture' : 'Upload a picture'}
          </Button>
          {hasPicture && (
            <Button size="small" look="quiet" onClick={() => onChange(null)}>
              Remove
            </Button>
          )}
        </div>
        <p role={problem ? 'alert' : undefined} className={problem ? 'text-danger text-xs' : 'text-faint text-xs'}>
          {problem ?? 'JPEG, PNG, WebP or GIF.'}
        </p>
        <input
          ref={input}
          type="file"
          accept="image/jpeg,image/png,image/webp,image/gif"
          aria-label="Picture"
          className="hidden"
          onChange={choose}
        />
      </div>
    </div>
  );
}

async function upload(file: File): Promise<{ id: string; url: string }> {
  if (!file.type.startsWith('image/')) throw new Error('This file is not a picture.');
  if (file.size > limits().upload) throw new Error('This picture is too large.');
  const body = new FormData();
  body.append('file', file);
  const response = await fetch('/api/uploads', { method: 'POST', body });
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw errorOf(response.status, answer);
  const { attachment } = answer as { attachment: Attachment };
  return { id: attachment.id, url: attachment.url };
}
