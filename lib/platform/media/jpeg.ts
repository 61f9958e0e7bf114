import { orientationOnly } from '@/lib/platform/media/exif';
import type { Piece, Read } from '@/lib/platform/media/reader';

const startOfScan = 0xda;
const endOfImage = 0xd9;
const fill = 0xff;

/** The parts of a JPEG to keep (ITU-T T.81, B.1). @returns null when the file is malformed */
export async function jpegPieces(read: Read, size: number, orientation: number): Promise<Piece[] | null> {
  const pieces: Piece[] = [{ start: 0, end: 2 }];
  if (orientation !== 1) pieces.push(exifSegment(orientation));
  const find = markerFinder(read, size);
  let at = 2;
  for (;;) {
    const head = await read(at, 18);
    const marker = head[1];
    if (head[0] !== 0xff || marker === undefined) return null;
    // The picture ends here. Data that phones append (a motion photo, a second picture) may contain another location.
    if (marker === endOfImage) return [...pieces, { start: at, end: at + 2 }];
    if (head.length < 4) return null;
    if (marker === fill) {
      at += 1;
      continue;
    }
    let end = at + 2 + head.readUInt16BE(2);
    if (marker === startOfScan) end = await find(end);
    if (end === -1) return null;
    if (isNeeded(marker, head.toString('latin1', 4))) pieces.push({ start: at, end });
    at = end;
  }
}

/** Keeps tables, frames and scans, and of the application segments JFIF, the colour profile and Adobe's colour transform. */
function isNeeded(marker: number, content: string): boolean {
  if (marker === 0xe0) return content.startsWith('JFIF\0');
  if (marker === 0xe2) return content.startsWith('ICC_PROFILE\0');
  if (marker === 0xee) return content.startsWith('Adobe');
  const isApplication = marker >= 0xe0 && marker <= 0xef;
  const isComment = marker === 0xfe;
  return !isApplication && !isComment;
}

const exifSegment = (orientation: number) =>
  Buffer.concat([Buffer.from([0xff, 0xe1, 0, 34]), Buffer.from('Exif\0\0', 'latin1'), orientationOnly(orientation)]);

/** Finds the end of a scan's compressed data: a marker that is neither a stuffed byte nor a restart. -1 when there is none. */
function markerFinder(read: Read, size: number) {
  const windowSize = 1024 * 1024;
  return async (from: number): Promise<number> => {
    for (let start = from; start < size - 1; start += windowSize) {
      // One extra byte, for a pair that spans two windows.
      const bytes = await read(start, windowSize + 1);
      for (let at = bytes.indexOf(0xff); at !== -1 && at < bytes.length - 1; at = bytes.indexOf(0xff, at + 1)) {
        const next = bytes[at + 1] ?? 0;
        const isData = next === 0 || next === fill || (next >= 0xd0 && next <= 0xd7);
        if (!isData) return start + at;
      }
    }
    return -1;
  };
}
