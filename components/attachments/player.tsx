'use client';

import { clsx } from 'clsx';
import { useCallback, useState } from 'react';
import { useTranslations } from '@/client/intl/translations';
import { FileCard } from '@/components/attachments/file-card';
import { useCanPlay } from '@/components/attachments/playable';
import type { Attachment } from '@/lib/domain/attachments/schema';

/** Files that failed to play, so that a row that is mounted again does not retry. */
const broken = new Set<string>();

/** Video and audio: always the file, and above it a player if this browser can play it. */
export function Player({ attachment }: { attachment: Attachment }) {
  const t = useTranslations('attachments');
  const { id, mimeType, name, url } = attachment;
  const playable = useCanPlay(mimeType);
  const [failed, setFailed] = useState(() => broken.has(id));
  const fail = useCallback(() => {
    broken.add(id);
    setFailed(true);
  }, [id]);
  // On a page from the server, the player may have failed before the scripts ran, when nothing received the event.
  const look = useCallback(
    (media: HTMLMediaElement | null) => {
      if (media?.error) fail();
    },
    [fail],
  );
  if (!playable) return <FileCard attachment={attachment} />;
  const isVideo = mimeType.startsWith('video/');
  // The size of a video is known only after it has begun to load, so all have the same space.
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
