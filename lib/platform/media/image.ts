import { ParleyError } from '@/lib/platform/errors/error';
import { processSingleton } from '@/lib/platform/process/singleton';
import { WorkerPool } from '@/lib/platform/workers/worker-pool';

export interface ImageFacts {
  /** pixels, as shown: after the rotation that the file asks for */
  width: number;
  height: number;
  /** EXIF's, 1 to 8 */
  orientation: number;
}

/** What is asked of lib/platform/media/image-worker.mjs. All three are paths but `format`, which is sharp's name of it. */
export type Task = { path: string; format: string; thumbnail: string } | { path: string; side: number; square: string };

/** The kinds that we draw, by the name that their decoder has. */
const decoders: Record<string, string> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/apng': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/avif': 'heif',
  'image/tiff': 'tiff',
};

/** Whether what says so and cannot be drawn is therefore no such picture. */
export const isDrawable = (mimeType: string) => mimeType in decoders;

/**
 * Measures a picture and writes its thumbnail, a WebP. Null for what is no picture, or none that can be drawn. Throws UNAVAILABLE.
 * @param userId whose picture it is: nobody waits for another one's
 */
export async function readImage(userId: string, path: string, mimeType: string, thumbnail: string): Promise<ImageFacts | null> {
  const format = decoders[mimeType];
  return format ? painters().run(userId, { path, format, thumbnail }).catch(unreadable) : null;
}

/** Draws a square copy of a thumbnail, standing still. */
export async function drawSquare(userId: string, path: string, side: number, square: string): Promise<void> {
  await painters().run(userId, { path, side, square });
}

const painters = () =>
  processSingleton(
    'painters',
    () =>
      new WorkerPool<Task, ImageFacts>('lib/platform/media/image-worker.mjs', {
        concurrency: 2,
        maxCpuMs: 20_000,
        maxMs: 60_000,
        maxBytes: 1.5 * 1024 ** 3,
        idleMs: 5 * 60_000,
      }),
  );

function unreadable(reason: unknown): null {
  if (reason instanceof ParleyError) throw reason;
  return null;
}
