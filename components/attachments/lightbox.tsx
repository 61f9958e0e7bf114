'use client';

import { ChevronLeft, ChevronRight, Download, X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { type KeyboardEvent, useMemo } from 'react';
import { isImage } from '@/components/attachments/attachments';
import { closeLightbox, openLightbox, useLightbox } from '@/components/attachments/lightbox-state';
import { formatSize } from '@/components/attachments/uploads';
import { iconButtonClass } from '@/components/ui/icon-button';
import type { Message } from '@/lib/messages/schema';

/** The pictures of the conversation, one at a time: arrow keys go on, Escape goes back. */
export function Lightbox({ messages }: { messages: Message[] }) {
  const { attachmentId } = useLightbox();
  const images = useMemo(() => messages.flatMap(({ attachments }) => attachments.filter(isImage)), [messages]);
  const index = images.findIndex(({ id }) => id === attachmentId);
  const image = images[index];
  const before = images[index - 1];
  const after = images[index + 1];

  const onKeyDown = (event: KeyboardEvent) => {
    const next = { ArrowLeft: before, ArrowRight: after, Home: images[0], End: images.at(-1) }[event.key];
    if (!next) return;
    event.preventDefault();
    openLightbox(next.id);
  };

  return (
    <Dialog.Root open={image !== undefined} onOpenChange={(open) => !open && closeLightbox()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-appear bg-bg" />
        {image && (
          <Dialog.Content
            aria-describedby={undefined}
            onKeyDown={onKeyDown}
            onCloseAutoFocus={(event) => focusPicture(event, image.id)}
            className="fixed inset-0 z-50 flex animate-appear flex-col outline-none safe-bottom safe-top"
          >
            <header className="flex h-14 shrink-0 items-center gap-2 px-4">
              <Dialog.Title className="min-w-0 truncate font-medium text-base">
                <bdi>{image.name}</bdi>
              </Dialog.Title>
              <span className="flex-1 whitespace-nowrap text-faint text-xs tabular-nums">
                {formatSize(image.size)} · {index + 1} of {images.length}
              </span>
              <a href={image.url} download={image.name} aria-label="Download" className={iconButtonClass}>
                <Download />
              </a>
              <Dialog.Close aria-label="Close" className={iconButtonClass}>
                <X />
              </Dialog.Close>
            </header>
            <div className="flex min-h-0 flex-1 items-center gap-2 px-2 pb-4">
              <Step label="Previous picture" to={before?.id}>
                <ChevronLeft />
              </Step>
              <div className="flex h-full min-w-0 flex-1 items-center justify-center">
                {/* biome-ignore lint/performance/noImgElement: uploads are served to their readers alone */}
                <img
                  key={image.id}
                  src={image.url}
                  alt={image.name}
                  width={image.width ?? undefined}
                  height={image.height ?? undefined}
                  className="max-h-full w-auto max-w-full rounded-md object-contain"
                />
              </div>
              <Step label="Next picture" to={after?.id}>
                <ChevronRight />
              </Step>
            </div>
          </Dialog.Content>
        )}
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Step({ label, to, children }: { label: string; to: string | undefined; children: React.ReactNode }) {
  return (
    <button type="button" aria-label={label} disabled={!to} className={iconButtonClass} onClick={() => to && openLightbox(to)}>
      {children}
    </button>
  );
}

/** Back to the picture that was seen last, if its row is there. */
function focusPicture(event: Event, attachmentId: string): void {
  const button = document.querySelector<HTMLElement>(`[data-image="${attachmentId}"]`);
  if (!button) return;
  event.preventDefault();
  button.focus({ preventScroll: true });
}
