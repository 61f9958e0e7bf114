import { clsx } from 'clsx';
import { FileCard } from '@/components/attachments/file-card';
import { openLightbox } from '@/components/attachments/lightbox-state';
import type { Attachment } from '@/lib/attachments/schema';

/** Everything that hangs on a message. Pictures have their place reserved before they arrive. */
export function Attachments({ attachments, messageId }: { attachments: Attachment[]; messageId: string }) {
  if (attachments.length === 0) return null;
  const images = attachments.filter(isImage);
  const others = attachments.filter((attachment) => !isImage(attachment));
  return (
    <div className="mt-1 flex flex-col items-start gap-1.5">
      {images.length === 1 && images[0] && <Picture attachment={images[0]} />}
      {images.length > 1 && <Grid images={images} />}
      {others.map((attachment) => (
        <Other key={attachment.id} attachment={attachment} messageId={messageId} />
      ))}
    </div>
  );
}

export const isImage = ({ mimeType, width, height }: Attachment) =>
  mimeType.startsWith('image/') && width !== null && height !== null;

/** At most 480 x 320, never larger than it is, in its own ratio. */
export function scaleDown(width: number, height: number, most = { width: 480, height: 320 }) {
  const scale = Math.min(1, most.width / width, most.height / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

function Picture({ attachment }: { attachment: Attachment }) {
  const { width, height } = scaleDown(attachment.width ?? 1, attachment.height ?? 1);
  return (
    <PictureButton attachment={attachment} className="max-w-full">
      {/* biome-ignore lint/performance/noImgElement: uploads are served to their readers alone */}
      <img
        src={attachment.thumbnailUrl ?? attachment.url}
        alt={attachment.name}
        width={width}
        height={height}
        decoding="async"
        className="h-auto max-w-full bg-hover"
      />
    </PictureButton>
  );
}

function Grid({ images }: { images: Attachment[] }) {
  return (
    <div
      className={clsx(
        'grid w-full max-w-120 gap-1',
        images.length === 2 || images.length === 4 ? 'grid-cols-2' : 'grid-cols-3',
      )}
    >
      {images.map((attachment) => (
        <PictureButton key={attachment.id} attachment={attachment} className="aspect-square">
          {/* biome-ignore lint/performance/noImgElement: uploads are served to their readers alone */}
          <img
            src={attachment.thumbnailUrl ?? attachment.url}
            alt={attachment.name}
            decoding="async"
            className="size-full bg-hover object-cover"
          />
        </PictureButton>
      ))}
    </div>
  );
}

function PictureButton(props: { attachment: Attachment; className: string; children: React.ReactNode }) {
  return (
    <button
      type="button"
      data-image={props.attachment.id}
      className={clsx('block cursor-zoom-in overflow-hidden rounded-lg border border-line', props.className)}
      onClick={() => openLightbox(props.attachment.id)}
    >
      {props.children}
    </button>
  );
}

function Other({ attachment, messageId }: { attachment: Attachment; messageId: string }) {
  const { mimeType, url, name } = attachment;
  if (mimeType.startsWith('video/')) {
    const { width, height } = scaleDown(attachment.width ?? 480, attachment.height ?? 270);
    return (
      // biome-ignore lint/a11y/useMediaCaption: what people send has no captions
      <video
        controls
        preload="metadata"
        src={url}
        width={width}
        height={height}
        aria-label={name}
        className="h-auto max-w-full rounded-lg bg-hover"
      />
    );
  }
  if (mimeType.startsWith('audio/'))
    return (
      <figure className="w-80 max-w-full" data-message={messageId}>
        <figcaption className="mb-1 truncate text-muted text-sm">{name}</figcaption>
        {/* biome-ignore lint/a11y/useMediaCaption: what people send has no captions */}
        <audio controls preload="metadata" src={url} aria-label={name} className="h-10 w-full" />
      </figure>
    );
  return <FileCard attachment={attachment} />;
}
