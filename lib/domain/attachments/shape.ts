import { type Attachment, type PictureSize, pictureSizes } from '@/lib/domain/attachments/schema';

/** A row of Attachment, as Prisma or SQL gives it (SQL gives a bigint as text). */
export interface AttachmentRow {
  id: string;
  name: string;
  size: bigint | number | string;
  mimeType: string;
  width: number | null;
  height: number | null;
  duration: number | null;
  hasThumbnail: boolean;
}

export function toAttachment(row: AttachmentRow): Attachment {
  const { id, name, width, height, duration } = row;
  const mimeType = bareType(row.mimeType);
  const url = attachmentUrl(id);
  const thumbnailUrl = row.hasThumbnail ? `${url}/thumbnail` : null;
  return { id, name, size: Number(row.size), mimeType, url, width, height, duration, thumbnailUrl };
}

/** A text's charset is kept with its type and said where it is served; the wire's type is the bare one. */
const bareType = (mimeType: string) => mimeType.split(';', 1)[0] ?? mimeType;

export const attachmentUrl = (id: string) => `/api/uploads/${id}`;

/** Where the square copies of a picture are, each as large as `?size=` asks. */
export const pictureUrl = (id: string) => `${attachmentUrl(id)}/picture`;

/** Where storage keeps an attachment, its thumbnail, and what was drawn of it for faces. */
export const fileKey = (id: string) => id;
export const thumbnailKey = (id: string) => `${id}.thumbnail`;
export const pictureKey = (id: string, size: PictureSize) => `${id}.picture${size}`;

export const allKeys = (id: string) => [fileKey(id), thumbnailKey(id), ...pictureSizes.map((size) => pictureKey(id, size))];
