import { crc32 } from 'node:zlib';
import { orientationOnly } from '@/lib/platform/media/exif';
import type { Piece, Read } from '@/lib/platform/media/reader';

/** Chunks with EXIF, text (including XMP) and the time. */
const dropped = new Set(['eXIf', 'tEXt', 'zTXt', 'iTXt', 'tIME']);

/** The parts of a PNG to keep (W3C PNG, 5.3). @returns null when the file is malformed */
export async function pngPieces(read: Read, _size: number, orientation: number): Promise<Piece[] | null> {
  const pieces: Piece[] = [{ start: 0, end: 8 }];
  let at = 8;
  for (;;) {
    const head = await read(at, 8);
    if (head.length < 8) return null;
    const type = head.toString('latin1', 4);
    const end = at + 12 + head.readUInt32BE(0);
    if (!dropped.has(type)) pieces.push({ start: at, end });
    if (type === 'IHDR' && orientation !== 1) pieces.push(chunk('eXIf', orientationOnly(orientation)));
    if (type === 'IEND') return pieces;
    at = end;
  }
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
