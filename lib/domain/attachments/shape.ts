import { type Attachment, type PictureSize, pictureSizes } from '@/lib/domain/attachments/schema';

/** A row of Attachment from Prisma or SQL (SQL returns a bigint as text). */
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

/** A text's charset is stored with its type and used when the file is served; the wire has the bare type. */
const bareType = (mimeType: string) => mimeType.split(';', 1)[0] ?? mimeType;

export const attachmentUrl = (id: string) => `/api/uploads/${id}`;

/** The address of the square copies of a picture; `?size=` selects one. */
export const pictureUrl = (id: string) => `${attachmentUrl(id)}/picture`;

/** The storage keys of an attachment, its thumbnail and its square copies. */
export const fileKey = (id: string) => id;
export const thumbnailKey = (id: string) => `${id}.thumbnail`;
export const pictureKey = (id: string, size: PictureSize) => `${id}.picture${size}`;

export const allKeys = (id: string) => [fileKey(id), thumbnailKey(id), ...pictureSizes.map((size) => pictureKey(id, size))];
