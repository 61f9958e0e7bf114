import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { findAttachmentFor } from '@/lib/domain/attachments/access';
import type { Attachment } from '@/lib/domain/attachments/schema';
import { allKeys, fileKey, thumbnailKey, toAttachment } from '@/lib/domain/attachments/shape';
import { prisma } from '@/lib/platform/db/prisma';
import { checkUploadHeaders, receiveFile } from '@/lib/platform/http/multipart';
import { allowSlowUpload } from '@/lib/platform/http/slow-uploads';
import { log } from '@/lib/platform/log/log';
import { isDecodable, readImage } from '@/lib/platform/media/image';
import { detectMediaType } from '@/lib/platform/media/media-type';
import { stripPosition } from '@/lib/platform/media/strip-position';
import { takeLimit } from '@/lib/platform/rate-limits/limiter';
import { withStaging } from '@/lib/platform/storage/staging';
import { storage } from '@/lib/platform/storage/storage';
import type { ByteRange, ServedAs } from '@/lib/platform/storage/store';

/**
 * Receives one file of a multipart request. Only its uploader can read it until a message carries it. When it throws, nothing is
 * kept.
 * @throws UNSUPPORTED_MEDIA_TYPE
 * @throws PAYLOAD_TOO_LARGE
 * @throws VALIDATION_FAILED
 * @throws RATE_LIMIT_EXCEEDED
 * @throws UNAVAILABLE
 */
export async function upload(userId: string, request: Request): Promise<Attachment> {
  checkUploadHeaders(request);
  await takeLimit('upload', userId);
  allowSlowUpload();
  return withStaging(async (folder) => {
    const file = join(folder, 'file');
    const { name } = await receiveFile(request, file);
    return keep(userId, name, file, folder);
  });
}

/**
 * The metadata of a file, and a function that opens its bytes.
 * @throws NOT_FOUND
 */
export async function openAttachment(userId: string, attachmentId: string, { thumbnail = false } = {}) {
  const attachment = await findAttachmentFor(userId, attachmentId, { thumbnail });
  const key = thumbnail ? thumbnailKey(attachment.id) : fileKey(attachment.id);
  return {
    attachment,
    size: () => storage().size(key),
    open: (range?: ByteRange) => storage().open(key, range),
    signedUrl: (as: ServedAs) => storage().signedUrl(key, as),
  };
}

/** Removes the files of deleted attachments. Call it after the commit: a rollback restores rows, but not files. */
export async function removeFiles(attachmentIds: string[]): Promise<void> {
  await storage().remove(attachmentIds.flatMap(allKeys));
}

async function keep(uploaderId: string, name: string, file: string, folder: string): Promise<Attachment> {
  const id = randomUUID();
  const judged = await detectMediaType(file);
  const thumbnail = join(folder, 'thumbnail');
  const image = await readImage(uploaderId, file, judged, thumbnail);
  const mimeType = judged.startsWith('image/') && !image ? unreadableImage(judged) : judged;
  const size = await stripPosition(file, judged, image?.orientation ?? 1);
  try {
    await storage().put(fileKey(id), file);
    if (image) await storage().put(thumbnailKey(id), thumbnail);
    const { width = null, height = null } = image ?? {};
    const data = { id, uploaderId, name, size, mimeType, width, height, hasThumbnail: image !== null };
    return toAttachment(await prisma().attachment.create({ data }));
  } catch (error) {
    // If the store is unreachable, the clean-up removes the files later, because they have no row.
    await removeFiles([id]).catch((reason: Error) => log().warn({ reason: reason.message }, 'Half an upload is left over.'));
    throw error;
  }
}

/**
 * The type of an image that could not be decoded. If its type is always decodable, it becomes a plain file. Other types (a HEIF file
 * with a rare codec, SVG) stay.
 */
const unreadableImage = (mimeType: string) => (isDecodable(mimeType) ? 'application/octet-stream' : mimeType);
