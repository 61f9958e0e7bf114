import { z } from 'zod';

export interface Attachment {
  id: string;
  name: string;
  /** bytes */
  size: number;
  mimeType: string;
  url: string;
  /** pixels; images and videos */
  width: number | null;
  height: number | null;
  /** seconds; audio and video */
  duration: number | null;
  thumbnailUrl: string | null;
}

/**
 * How long the body of an answer is, in bytes, on its way from a route to the server: Next.js drops a Content-Length, because
 * one that was copied from elsewhere may be wrong.
 */
export const lengthHeader = 'X-Parley-Length';

/** Pixels a side of the square copies of a picture of somebody, or of a group: what faces are drawn with. */
export const pictureSizes = [48, 96, 192, 512] as const;

export type PictureSize = (typeof pictureSizes)[number];

/** 192 is enough for every face in a list, on dense screens too. */
export const pictureQuerySchema = z.object({
  size: z
    .enum(pictureSizes.map(String))
    .default('192')
    .transform((size) => Number(size) as PictureSize),
});
