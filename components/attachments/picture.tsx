import '@/components/attachments/ground.css';
import { clsx } from 'clsx';
import { boxOf, fillsSquare, mayBeTransparent, scaleDown, sizeOf } from '@/components/attachments/box';
import { openLightbox } from '@/components/attachments/lightbox-state';
import type { Attachment } from '@/lib/domain/attachments/schema';

/** A picture in a reserved space that is large enough to click. */
export function Picture({ attachment }: { attachment: Attachment }) {
  const size = sizeOf(attachment);
  const drawn = scaleDown(size);
  const box = boxOf(size);
  return (
    <PictureButton
      attachment={attachment}
      className="max-w-full"
      style={{ width: box.width, aspectRatio: `${box.width} / ${box.height}` }}
    >
      {/* biome-ignore lint/performance/noImgElement: uploads are served only to their readers */}
      <img
        src={attachment.thumbnailUrl ?? attachment.url}
        alt={attachment.name}
        width={drawn.width}
        height={drawn.height}
        decoding="async"
        className={clsx('max-h-full max-w-full object-contain', groundOf(attachment))}
      />
    </PictureButton>
  );
}

export function PictureGrid({ images }: { images: Attachment[] }) {
  return (
    <div
      className={clsx(
        'grid w-full max-w-120 gap-1',
        images.length === 2 || images.length === 4 ? 'grid-cols-2' : 'grid-cols-3',
      )}
    >
      {images.map((attachment) => (
        <PictureButton key={attachment.id} attachment={attachment} className="aspect-square">
          {/* biome-ignore lint/performance/noImgElement: uploads are served only to their readers */}
          <img
            src={attachment.thumbnailUrl ?? attachment.url}
            alt={attachment.name}
            decoding="async"
            className={clsx(
              fillsSquare(sizeOf(attachment)) ? 'size-full object-cover' : 'max-h-full max-w-full object-contain',
              groundOf(attachment),
            )}
          />
        </PictureButton>
      ))}
    </div>
  );
}

interface ButtonProps {
  attachment: Attachment;
  className: string;
  style?: React.CSSProperties;
  children: React.ReactNode;
}

function PictureButton({ attachment, className, style, children }: ButtonProps) {
  return (
    <button
      type="button"
      data-image={attachment.id}
      style={style}
      className={clsx(
        'flex min-h-12 min-w-12 cursor-zoom-in items-center justify-center overflow-hidden rounded-lg bg-hover outline-1 outline-line -outline-offset-1',
        className,
      )}
      onClick={() => openLightbox(attachment.id)}
    >
      {children}
    </button>
  );
}

const groundOf = ({ mimeType }: Attachment) => mayBeTransparent(mimeType) && 'ground';
