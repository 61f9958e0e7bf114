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

/** The sides, in pixels, of the square copies of people's and groups' pictures. */
export const pictureSizes = [48, 96, 192, 512] as const;

export type PictureSize = (typeof pictureSizes)[number];

/** 192 pixels are enough for every list, also on dense screens. */
export const pictureQuerySchema = z.object({
  size: z
    .enum(pictureSizes.map(String))
    .default('192')
    .transform((size) => Number(size) as PictureSize),
});
