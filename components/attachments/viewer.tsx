'use client';

import { ChevronLeft, ChevronRight, Download, X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { type KeyboardEvent, useRef } from 'react';
import { useTranslations } from '@/client/intl/translations';
import { sizeOf } from '@/components/attachments/box';
import { closeLightbox, openLightbox } from '@/components/attachments/lightbox-state';
import { useSize } from '@/components/attachments/size';
import { Stage } from '@/components/attachments/stage';
import { useZoom } from '@/components/attachments/use-zoom';
import { keyMove, panPx } from '@/components/attachments/viewer-keys';
import { zoomStep } from '@/components/attachments/zoom';
import { ZoomBar } from '@/components/attachments/zoom-bar';
import { iconButtonClass } from '@/components/ui/icon-button';
import type { Attachment } from '@/lib/domain/attachments/schema';

interface Props {
  images: Attachment[];
  /** negative when none is open */
  index: number;
}

/** A picture over the whole page: fitted, in its real size, or zoomed. Arrow keys change the picture, Escape closes it. */
export function Viewer({ images, index }: Props) {
  const image = images[index];
  return (
    <Dialog.Root open={image !== undefined} onOpenChange={(open) => !open && closeLightbox()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-appear bg-bg" />
        {image && <Opened image={image} images={images} index={index} />}
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Opened({ image, images, index }: Props & { image: Attachment }) {
  const t = useTranslations('attachments');
  const size = useSize();
  const stage = useRef<HTMLDivElement>(null);
  const zoom = useZoom(stage, image.id, sizeOf(image));
  const [before, after] = [images[index - 1], images[index + 1]];
  const open = (to: Attachment | undefined) => to && openLightbox(to.id);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const move = keyMove(event, zoom, getComputedStyle(event.currentTarget).direction === 'rtl');
    if (!move) return;
    event.preventDefault();
    if (move === 'next') open(after);
    else if (move === 'previous') open(before);
    else if (move === 'first') open(images[0]);
    else if (move === 'last') open(images.at(-1));
    else if (move === 'in') zoom?.zoom((now) => now * zoomStep);
    else if (move === 'out') zoom?.zoom((now) => now / zoomStep);
    else if (move === 'fit') zoom?.fit();
    else if (move === 'real') zoom?.zoom(1);
    else zoom?.pan({ x: move.x * panPx, y: move.y * panPx });
  };

  return (
    <Dialog.Content
      aria-describedby={undefined}
      onKeyDown={onKeyDown}
      onCloseAutoFocus={(event) => focusPicture(event, image.id)}
      className="fixed inset-0 z-50 flex animate-appear flex-col outline-none safe-bottom safe-top"
    >
      <header className="flex h-14 shrink-0 items-center gap-2 px-4 max-sm:px-3">
        <div className="flex min-w-0 flex-1 items-baseline gap-2 max-sm:flex-col max-sm:gap-0">
          <Dialog.Title className="max-w-full truncate font-medium text-base">
            <bdi>{image.name}</bdi>
          </Dialog.Title>
          <span className="whitespace-nowrap text-faint text-xs tabular-nums">
            {t('place', { size: size(image.size), index: index + 1, count: images.length })}
          </span>
        </div>
        <a href={image.url} download={image.name} aria-label={t('download')} title={t('download')} className={iconButtonClass}>
          <Download />
        </a>
        <Dialog.Close aria-label={t('close')} title={t('close')} className={iconButtonClass}>
          <X />
        </Dialog.Close>
      </header>
      <div className="relative flex min-h-0 flex-1 flex-col">
        <Stage stage={stage} image={image} zoom={zoom} onStep={(towards) => open(towards === 'next' ? after : before)} />
        <Step label={t('previous')} to={before} side="start-2">
          <ChevronLeft className="rtl:-scale-x-100" />
        </Step>
        <Step label={t('next')} to={after} side="end-2">
          <ChevronRight className="rtl:-scale-x-100" />
        </Step>
      </div>
      <ZoomBar zoom={zoom} />
    </Dialog.Content>
  );
}

/** Not `disabled` at the ends: a disabled button would lose the focus, and the viewer its keys. */
function Step({ label, to, side, children }: { label: string; to?: Attachment; side: string; children: React.ReactNode }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-disabled={to ? undefined : true}
      onClick={() => to && openLightbox(to.id)}
      className={`absolute top-1/2 flex size-10 -translate-y-1/2 items-center justify-center rounded-full border border-line bg-raised text-muted shadow-sm transition-colors hover:text-text aria-disabled:opacity-0 aria-disabled:focus-visible:opacity-40 touch:size-11 ${side}`}
    >
      {children}
    </button>
  );
}

/** Moves the focus to the picture that was seen last, if its row exists. */
function focusPicture(event: Event, attachmentId: string): void {
  const button = document.querySelector<HTMLElement>(`[data-image="${attachmentId}"]`);
  if (!button) return;
  event.preventDefault();
  button.focus({ preventScroll: true });
}
