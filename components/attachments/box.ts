import type { Attachment } from '@/lib/domain/attachments/schema';

export interface Size {
  width: number;
  height: number;
}

/** What the timeline gives a picture at most, in pixels. */
const most: Size = { width: 480, height: 320 };
/** A line of two pixels, or a single one, can neither be seen nor hit. */
const minPx = 48;

/** A picture with a place of its own: one that the server could measure, and so draw. */
export const isImage = ({ mimeType, width, height }: Attachment) =>
  mimeType.startsWith('image/') && width !== null && height !== null;

/** How large a picture is drawn: in its own ratio, never larger than it is. */
export function scaleDown({ width, height }: Size): Size {
  const scale = Math.min(1, most.width / width, most.height / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** The place it stands in, which is what one hits. */
export function boxOf(picture: Size): Size {
  const { width, height } = scaleDown(picture);
  return { width: Math.max(minPx, width), height: Math.max(minPx, height) };
}

/** Whether a square cell may cut it: of what is much longer than wide nothing would be left to recognise. */
export const fillsSquare = ({ width, height }: Size) =>
  Math.max(width, height) <= 4 * Math.min(width, height) && Math.min(width, height) >= minPx;

/** Only what can have holes needs a ground behind it; behind a photograph it would shine up while that loads. */
export const mayBeTransparent = (mimeType: string) => !/^image\/(jpe?g|bmp|hei[cf])/.test(mimeType);

/** Whether browsers draw the file itself; of others (TIFF, HEIC) there is the small copy the server made. */
export const isDrawnByBrowsers = (mimeType: string) => /^image\/(jpeg|png|apng|gif|webp|avif)$/.test(mimeType);

export const sizeOf = ({ width, height }: Attachment): Size => ({ width: width ?? 1, height: height ?? 1 });
