import { isImage } from '@/components/attachments/box';
import { FileCard } from '@/components/attachments/file-card';
import { Picture, PictureGrid } from '@/components/attachments/picture';
import { Player } from '@/components/attachments/player';
import type { Attachment } from '@/lib/domain/attachments/schema';

/** All attachments of a message. Their space is reserved before they load. */
export function Attachments({ attachments }: { attachments: Attachment[] }) {
  if (attachments.length === 0) return null;
  const images = attachments.filter(isImage);
  const others = attachments.filter((attachment) => !isImage(attachment));
  return (
    <div className="mt-1 flex flex-col items-start gap-1.5">
      {images.length === 1 && images[0] && <Picture attachment={images[0]} />}
      {images.length > 1 && <PictureGrid images={images} />}
      {others.map((attachment) => (
        <Other key={attachment.id} attachment={attachment} />
      ))}
    </div>
  );
}

function Other({ attachment }: { attachment: Attachment }) {
  if (/^(audio|video)\//.test(attachment.mimeType)) return <Player attachment={attachment} />;
  return <FileCard attachment={attachment} />;
}
