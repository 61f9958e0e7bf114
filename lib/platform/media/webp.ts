import { orientationOnly } from '@/lib/platform/media/exif';
import type { Piece, Read } from '@/lib/platform/media/reader';

const exifFlag = 0x08;
const xmpFlag = 0x04;

/** The parts of a WebP to keep (RFC 9649, 2.7). @returns null when the file is malformed */
export async function webpPieces(read: Read, size: number, orientation: number): Promise<Piece[] | null> {
  const head = await read(0, 12);
  if (head.length < 12) return null;
  const kept: Piece[] = [];
  const end = Math.min(size, 8 + head.readUInt32LE(4));
  for (let at = 12; at + 8 <= end; ) {
    const chunk = await read(at, 9);
    const type = chunk.toString('latin1', 0, 4);
    const length = chunk.readUInt32LE(4);
    const next = at + 8 + length + (length % 2);
    if (next > end) return null;
    if (type === 'VP8X') kept.push(withFlags(await read(at, next - at), orientation));
    else if (type !== 'EXIF' && type !== 'XMP ') kept.push({ start: at, end: next });
    at = next;
  }
  // Only the extended format, which begins with VP8X, can contain an orientation.
  if (orientation !== 1 && Buffer.isBuffer(kept[0])) kept.push(exifChunk(orientation));
  head.writeUInt32LE(4 + kept.reduce((sum, piece) => sum + sizeOf(piece), 0), 4);
  return [head, ...kept];
}

function withFlags(chunk: Buffer, orientation: number): Buffer {
  const flags = chunk[8] ?? 0;
  chunk[8] = (flags & ~exifFlag & ~xmpFlag) | (orientation === 1 ? 0 : exifFlag);
  return chunk;
}

function exifChunk(orientation: number): Buffer {
  const data = orientationOnly(orientation);
  const head = Buffer.from('EXIF\0\0\0\0', 'latin1');
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data]);
}

const sizeOf = (piece: Piece) => (Buffer.isBuffer(piece) ? piece.length : piece.end - piece.start);
