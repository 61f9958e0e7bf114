'use client';

import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import { useCloseOnBack } from '@/client/browser/back';
import { useTranslations } from '@/client/intl/translations';
import { isImage } from '@/components/attachments/box';
import { closeLightbox, useLightbox } from '@/components/attachments/lightbox-state';
import type { Viewer as ViewerComponent } from '@/components/attachments/viewer';
import { toast } from '@/components/ui/toast';
import type { Attachment } from '@/lib/domain/attachments/schema';
import type { Message } from '@/lib/domain/messages/schema';

/** The pictures of the conversation, one at a time. Its code is loaded with the first picture that is opened. */
export function Lightbox({ messages }: { messages: Pick<Message, 'attachments'>[] }) {
  const t = useTranslations('attachments');
  const { attachmentId } = useLightbox();
  const images = useMemo(() => imagesOf(messages), [messages]);
  const index = images.findIndex(({ id }) => id === attachmentId);
  useCloseOnBack(index >= 0, closeLightbox);
  const Viewer = useViewer(attachmentId !== null, () => toast(t('notOpened'), { kind: 'failed' }));
  // The message was deleted, or belongs to a conversation that was left: nothing is open any more.
  const isGone = attachmentId !== null && index < 0;
  useEffect(() => {
    if (isGone) closeLightbox();
  }, [isGone]);
  useEffect(() => closeLightbox, []);
  return Viewer && <Viewer images={images} index={index} />;
}

/** Without duplicates, because a picture that is being sent may have arrived already. */
function imagesOf(messages: Pick<Message, 'attachments'>[]): Attachment[] {
  const images = messages.flatMap(({ attachments }) => attachments.filter(isImage));
  return [...new Map(images.map((image) => [image.id, image])).values()];
}

let loaded: typeof ViewerComponent | null = null;

function useViewer(wanted: boolean, onFailure: () => void): typeof ViewerComponent | null {
  const [Viewer, setViewer] = useState(() => loaded);
  const fail = useEffectEvent(onFailure);
  useEffect(() => {
    if (!wanted || Viewer) return;
    import('@/components/attachments/viewer').then(
      (module) => {
        loaded = module.Viewer;
        setViewer(() => module.Viewer);
      },
      () => {
        closeLightbox();
        fail();
      },
    );
  }, [wanted, Viewer]);
  return Viewer;
}
