'use client';

import { clsx } from 'clsx';
import { useCallback, useState } from 'react';
import { useTranslations } from '@/client/intl/translations';
import { FileCard } from '@/components/attachments/file-card';
import { useCanPlay } from '@/components/attachments/playable';
import type { Attachment } from '@/lib/domain/attachments/schema';

/** Files that turned out to be none that can be played, so that a row that comes back does not try again. */
const broken = new Set<string>();

/** Film and sound: always the file, and above it a player when this browser has one for it. */
export function Player({ attachment }: { attachment: Attachment }) {
  const t = useTranslations('attachments');
  const { id, mimeType, name, url } = attachment;
  const playable = useCanPlay(mimeType);
  const [failed, setFailed] = useState(() => broken.has(id));
  const fail = useCallback(() => {
    broken.add(id);
    setFailed(true);
  }, [id]);
  // On a page that came from the server it may have failed before its scripts ran: then nobody was told.
  const look = useCallback(
    (media: HTMLMediaElement | null) => {
      if (media?.error) fail();
    },
    [fail],
  );
  if (!playable) return <FileCard attachment={attachment} />;
  const isVideo = mimeType.startsWith('video/');
  // How large a film is, is known only once it has begun to load: its place is the same for all.
  const place = isVideo ? 'aspect-video w-120' : 'h-10 w-80';
  const media = { ref: look, controls: true, preload: 'metadata', src: url, 'aria-label': name, onError: fail } as const;
  return (
    <figure className="flex max-w-full flex-col overflow-hidden rounded-lg border border-line">
      {failed ? (
        <p className={clsx(place, 'flex max-w-full items-center justify-center bg-hover px-4 text-center text-muted text-sm')}>
          {isVideo ? t('noVideo') : t('noAudio')}
        </p>
      ) : isVideo ? (
        <video {...media} playsInline className={clsx(place, 'max-w-full bg-hover object-contain')} />
      ) : (
        <audio {...media} className={clsx(place, 'max-w-full')} />
      )}
      <figcaption className="border-line border-t">
        <FileCard attachment={attachment} bare />
      </figcaption>
    </figure>
  );
}
