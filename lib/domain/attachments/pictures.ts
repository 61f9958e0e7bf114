import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { findAttachmentFor } from '@/lib/domain/attachments/access';
import type { PictureSize } from '@/lib/domain/attachments/schema';
import { pictureKey, thumbnailKey } from '@/lib/domain/attachments/shape';
import { notFound } from '@/lib/platform/errors/error';
import { drawSquare } from '@/lib/platform/media/image';
import { processSingleton } from '@/lib/platform/process/singleton';
import { withStaging } from '@/lib/platform/storage/staging';
import { storage } from '@/lib/platform/storage/storage';
import type { ByteRange } from '@/lib/platform/storage/store';

/**
 * A square copy of a picture, for everybody who may see the picture. It is made from the thumbnail at the first request, which
 * also covers older pictures, and then stored.
 * @throws NOT_FOUND
 */
export async function openPicture(userId: string, attachmentId: string, size: PictureSize) {
  const attachment = await findAttachmentFor(userId, attachmentId, { thumbnail: true });
  const key = pictureKey(attachment.id, size);
  return {
    attachment,
    size: async () => (await storage().size(key)) ?? once(key, () => make(userId, attachment.id, size, key)),
    open: (range?: ByteRange) => storage().open(key, range),
  };
}

/** @returns the size of the copy in bytes */
async function make(userId: string, id: string, side: PictureSize, key: string): Promise<number> {
  const drawn = await storage().open(thumbnailKey(id));
  if (!drawn) throw notFound();
  return withStaging(async (folder) => {
    const [thumbnail, square] = [join(folder, 'thumbnail'), join(folder, 'square')];
    await pipeline(drawn, createWriteStream(thumbnail, { mode: 0o600 }));
    await drawSquare(userId, thumbnail, side, square);
    const { size } = await stat(square);
    await storage().put(key, square);
    return size;
  });
}

/** Shares concurrent work: everybody who opens a conversation requests the same new picture at the same moment. */
async function once(key: string, work: () => Promise<number>): Promise<number> {
  const making = processSingleton('pictures', () => new Map<string, Promise<number>>());
  const made = making.get(key) ?? work().finally(() => making.delete(key));
  making.set(key, made);
  return made;
}
