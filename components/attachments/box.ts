import type { Attachment } from '@/lib/domain/attachments/schema';

export interface Size {
  width: number;
  height: number;
}

/** The maximum size of a picture in the timeline, in pixels. */
const most: Size = { width: 480, height: 320 };
/** Minimum side: a picture of one or two pixels can be neither seen nor clicked. */
const minPx = 48;

/** A picture with its own space: one that the server could measure, and so decode. */
export const isImage = ({ mimeType, width, height }: Attachment) =>
  mimeType.startsWith('image/') && width !== null && height !== null;

/** The size at which a picture is drawn: in its ratio, never enlarged. */
export function scaleDown({ width, height }: Size): Size {
  const scale = Math.min(1, most.width / width, most.height / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** The clickable space around a picture. */
export function boxOf(picture: Size): Size {
  const { width, height } = scaleDown(picture);
  return { width: Math.max(minPx, width), height: Math.max(minPx, height) };
}

/** Whether a square cell may crop it: a very long picture would not be recognisable. */
export const fillsSquare = ({ width, height }: Size) =>
  Math.max(width, height) <= 4 * Math.min(width, height) && Math.min(width, height) >= minPx;

/** Whether a picture may be transparent and needs a background. Behind a photograph it would show while that loads. */
export const mayBeTransparent = (mimeType: string) => !/^image\/(jpe?g|bmp|hei[cf])/.test(mimeType);

/** Whether browsers can draw the file itself. Others (TIFF, HEIC) are shown by the server's thumbnail. */
export const isDrawnByBrowsers = (mimeType: string) => /^image\/(jpeg|png|apng|gif|webp|avif)$/.test(mimeType);

export const sizeOf = ({ width, height }: Attachment): Size => ({ width: width ?? 1, height: height ?? 1 });
