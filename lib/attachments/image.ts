import sharp from 'sharp';
import { oncePerProcess } from '@/lib/process/once';

/** Twice the 480 x 320 that the timeline shows at most, for dense screens. In pixels. */
const thumbnailSize = { width: 960, height: 640 };

/** A few hundred bytes can claim a picture that fills the memory: more pixels than these are not decoded. */
const maxPixels = 100_000_000;
const maxAnimatedPixels = 40_000_000;
const maxSeconds = 20;

export interface ImageFacts {
  /** pixels, as shown: after the rotation that the file asks for */
  width: number;
  height: number;
  /** EXIF's, 1 to 8 */
  orientation: number;
  /** path of the WebP thumbnail */
  thumbnail: string;
}

/** Measures a picture and writes its thumbnail. Null for what is no picture, or none that can be drawn. */
export async function readImage(path: string, mimeType: string, thumbnail: string): Promise<ImageFacts | null> {
  if (!mimeType.startsWith('image/')) return null;
  // Decoding is what costs most memory here: one at a time, however many upload.
  return inTurn(() => draw(path, thumbnail).catch(() => null));
}

/** Draws a square copy of a picture that is drawn already, standing still. */
export async function drawSquare(path: string, side: number, square: string): Promise<void> {
  await inTurn(() => sharp(path).resize({ width: side, height: side, fit: 'cover' }).webp({ quality: 80 }).toFile(square));
}

async function draw(path: string, thumbnail: string): Promise<ImageFacts> {
  const options = { limitInputPixels: maxPixels, failOn: 'error', sequentialRead: true } as const;
  const { autoOrient, orientation = 1, pages = 1, width, height } = await sharp(path, options).metadata();
  const animated = pages > 1 && pages * width * height <= maxAnimatedPixels;
  await sharp(path, { ...options, animated })
    .autoOrient()
    .resize({ ...thumbnailSize, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 80, effort: animated ? 2 : 4 })
    .timeout({ seconds: maxSeconds })
    .toFile(thumbnail);
  return { width: autoOrient.width, height: autoOrient.height, orientation, thumbnail };
}

function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  const queue = oncePerProcess('images', () => ({ last: Promise.resolve() as Promise<unknown> }));
  const result = queue.last.then(work);
  queue.last = result.catch(() => null);
  return result;
}
