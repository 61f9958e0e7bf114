import { ParleyError } from '@/lib/platform/errors/error';
import { processSingleton } from '@/lib/platform/process/singleton';
import { WorkerPool } from '@/lib/platform/workers/worker-pool';

export interface ImageFacts {
  /** pixels after EXIF rotation */
  width: number;
  height: number;
  /** EXIF orientation, 1 to 8 */
  orientation: number;
}

/** A task of lib/platform/media/image-worker.mjs. `path`, `thumbnail` and `square` are paths; `format` is sharp's name of the format, or heic. */
export type Task = { path: string; format: string; thumbnail: string } | { path: string; side: number; square: string };

/** The worker's format names of the media types that it decodes. */
const decoders: Record<string, string> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/apng': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/avif': 'heif',
  'image/tiff': 'tiff',
  'image/heic': 'heic',
  'image/heif': 'heic',
};

/** Containers for more codecs than the worker has. */
const containers = /^image\/hei[cf]$/;

/** Whether every picture of this type can be decoded. A file of such a type that fails to decode is therefore not a picture. */
export const isDecodable = (mimeType: string) => mimeType in decoders && !containers.test(mimeType);

/**
 * Measures a picture and writes its thumbnail as WebP.
 * @param userId the uploader; each user has a separate queue
 * @returns null when the file cannot be decoded
 * @throws UNAVAILABLE when the queue is full or no worker can be started
 */
export async function readImage(userId: string, path: string, mimeType: string, thumbnail: string): Promise<ImageFacts | null> {
  const format = decoders[mimeType];
  return format ? imageWorkers().run(userId, { path, format, thumbnail }).catch(nullIfUnreadable) : null;
}

/** Writes a square, static copy of a thumbnail. */
export async function drawSquare(userId: string, path: string, side: number, square: string): Promise<void> {
  await imageWorkers().run(userId, { path, side, square });
}

const imageWorkers = () =>
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

function nullIfUnreadable(reason: unknown): null {
  if (reason instanceof ParleyError) throw reason;
  return null;
}
