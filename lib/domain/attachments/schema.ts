import { z } from 'zod';
import { idSchema } from '@/lib/platform/validation/schema';

export const attachmentSchema = z.object({
  id: idSchema,
  name: z.string(),
  /** bytes */
  size: z.number(),
  mimeType: z.string(),
  url: z.string(),
  /** pixels; images and videos */
  width: z.int().nullable(),
  height: z.int().nullable(),
  /** seconds; audio and video */
  duration: z.number().nullable(),
  thumbnailUrl: z.string().nullable(),
});
export type Attachment = z.infer<typeof attachmentSchema>;

export const attachmentAnswerSchema = z.object({ attachment: attachmentSchema });

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
