import { useTranslations } from '@/client/intl/translations';
import '@/components/attachments/ground.css';
import { clsx } from 'clsx';
import { ImageOff } from 'lucide-react';
import { type RefObject, useState } from 'react';
import { isDrawnByBrowsers, mayBeTransparent } from '@/components/attachments/box';
import { useGestures } from '@/components/attachments/use-gestures';
import type { Zoom } from '@/components/attachments/use-zoom';
import { overflows } from '@/components/attachments/zoom';
import { buttonClass } from '@/components/ui/button';
import { Spinner } from '@/components/ui/spinner';
import type { Attachment } from '@/lib/domain/attachments/schema';

interface Props {
  stage: RefObject<HTMLDivElement | null>;
  image: Attachment;
  zoom: Zoom | null;
  onStep: (towards: 'next' | 'previous') => void;
}

/** The area in which a picture is zoomed with the wheel, dragged and pinched. */
export function Stage({ stage, image, zoom, onStep }: Props) {
  useGestures(stage, {
    zoom,
    onSwipe: (towards) => {
      const rightToLeft = stage.current !== null && getComputedStyle(stage.current).direction === 'rtl';
      onStep(towards < 0 === rightToLeft ? 'previous' : 'next');
    },
  });
  const isLarger = zoom && (overflows(zoom.scene, zoom.view, 'width') || overflows(zoom.scene, zoom.view, 'height'));
  return (
    <div
      ref={stage}
      className={clsx(
        'relative min-h-0 flex-1 touch-none select-none overflow-hidden',
        isLarger ? 'cursor-grab active:cursor-grabbing' : 'cursor-zoom-in',
      )}
    >
      {zoom && <Shown key={image.id} image={image} zoom={zoom} />}
    </div>
  );
}

/** The thumbnail until the file is loaded, and permanently where browsers cannot draw the file. */
function Shown({ image, zoom: { scene, view } }: { image: Attachment; zoom: Zoom }) {
  const t = useTranslations('attachments');
  const { url, thumbnailUrl, name, mimeType } = image;
  const [state, setState] = useState<'loading' | 'loaded' | 'copy' | 'failed'>(
    isDrawnByBrowsers(mimeType) || !thumbnailUrl ? 'loading' : 'copy',
  );
  const place = {
    left: '50%',
    width: scene.picture.width * view.scale,
    height: scene.picture.height * view.scale,
    transform: `translate(calc(-50% + ${view.x}px), calc(-50% + ${view.y}px))`,
  };
  const className = clsx('absolute top-1/2 max-w-none', mayBeTransparent(mimeType) && 'ground');
  if (state === 'failed') return <Failed image={image} />;
  return (
    <>
      {state === 'loading' && thumbnailUrl && (
        // biome-ignore lint/performance/noImgElement: uploads are served only to their readers
        <img src={thumbnailUrl} alt="" draggable={false} style={place} className={className} />
      )}
      {/* biome-ignore lint/performance/noImgElement: uploads are served only to their readers */}
      <img
        key={state === 'copy' ? 'copy' : 'file'}
        src={state === 'copy' && thumbnailUrl ? thumbnailUrl : url}
        alt={name}
        draggable={false}
        style={place}
        onLoad={() => setState((now) => (now === 'loading' ? 'loaded' : now))}
        onError={() => setState((now) => (now !== 'copy' && thumbnailUrl ? 'copy' : 'failed'))}
        className={clsx(className, state === 'loading' && 'bg-none!')}
      />
      {state === 'loading' && (
        <span role="status" aria-label={t('pictureLoading')} className={clsx(badge, 'animate-late')}>
          <Spinner /> {t('loading')}
        </span>
      )}
      {state === 'copy' && (
        <p role="note" className={badge}>
          {t('smallerCopy')}
        </p>
      )}
    </>
  );
}

function Failed({ image }: { image: Attachment }) {
  const t = useTranslations('attachments');
  return (
    <div role="alert" className="flex size-full flex-col items-center justify-center gap-3 px-6 text-center text-muted">
      <ImageOff aria-hidden className="size-8!" />
      <p>{t('notShown')}</p>
      <a href={image.url} download={image.name} className={buttonClass({ size: 'small' })}>
        {t('downloadIt')}
      </a>
    </div>
  );
}

const badge =
  'pointer-events-none absolute inset-x-3 bottom-3 mx-auto flex w-fit items-center gap-2 rounded-full border border-line bg-raised px-3 py-1 text-muted text-sm shadow-sm';
