import { open, rename, stat, writeFile } from 'node:fs/promises';
import { scrubPosition } from '@/lib/platform/media/exif';
import { scrubFilm } from '@/lib/platform/media/film';
import { jpegPieces } from '@/lib/platform/media/jpeg';
import { pngPieces } from '@/lib/platform/media/png';
import { type Piece, type Read, reader } from '@/lib/platform/media/reader';
import { webpPieces } from '@/lib/platform/media/webp';

/**
 * Removes the location from a photo, video or recording, losslessly. JPEG, PNG and WebP lose all metadata but the orientation and the
 * colour profile, and appended data. In other formats and malformed files, EXIF's GPS block and XMP are overwritten in place, and so
 * is the location in files of the MP4 family.
 * @param orientation the EXIF orientation, which is kept
 * @returns the new size of the file in bytes
 */
export async function stripPosition(path: string, mimeType: string, orientation: number): Promise<number> {
  if (mp4Family.test(mimeType)) await inPlace(path, scrubFilm);
  else if (mimeType.startsWith('image/')) await strip(path, mimeType, orientation);
  return (await stat(path)).size;
}

/** Canon's raw pictures (CR3) use the same container as MP4. */
const mp4Family = /^(video|audio)\/(mp4|quicktime|x-m4[av]|3gpp2?)$|^image\/x-canon-cr3$/;

const walkers: Record<string, typeof jpegPieces> = {
  'image/jpeg': jpegPieces,
  'image/png': pngPieces,
  'image/apng': pngPieces,
  'image/webp': webpPieces,
};

async function strip(path: string, mimeType: string, orientation: number): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    const { size } = await handle.stat();
    const pieces = await walkers[mimeType]?.(reader(handle), size, orientation);
    if (!pieces) return await scrubPosition(handle, reader(handle), size);
    await writeFile(`${path}.stripped`, assemble(reader(handle), pieces), { mode: 0o600 });
  } finally {
    await handle.close();
  }
  await rename(`${path}.stripped`, path);
}

async function inPlace(path: string, scrub: typeof scrubFilm): Promise<void> {
  const handle = await open(path, 'r+');
  await handle
    .stat()
    .then(({ size }) => scrub(handle, reader(handle), size))
    .finally(() => handle.close());
}

async function* assemble(read: Read, pieces: Piece[]) {
  for (const piece of pieces) {
    if (Buffer.isBuffer(piece)) yield piece;
    else for (let at = piece.start; at < piece.end; at += chunk) yield await read(at, Math.min(chunk, piece.end - at));
  }
}

const chunk = 256 * 1024;
