import type { FileHandle } from 'node:fs/promises';
import type { Read } from '@/lib/platform/media/reader';

/** A minimal EXIF block with nothing but the orientation (tag 0x0112). */
export function orientationOnly(orientation: number): Buffer {
  const block = Buffer.from('49492a000800000001001201030001000000000000000000000000', 'hex').subarray(0, 26);
  block.writeUInt16LE(orientation, 18);
  return block;
}

const window = 1024 * 1024;
const overlap = 64;

/** Overwrites, in place, the GPS block of every EXIF block in a file, and every XMP packet. */
export async function scrubPosition(handle: FileHandle, read: Read, size: number): Promise<void> {
  for (let start = 0; start < size; start += window) {
    const bytes = await read(start, window + overlap);
    for (const mark of ['II*\0', 'MM\0*'])
      for (const at of occurrences(bytes, mark)) await scrubGps(handle, read, start + at, mark === 'II*\0');
    for (const at of occurrences(bytes, '<x:xmpmeta')) await blankXmp(handle, read, start + at);
  }
}

function* occurrences(bytes: Buffer, mark: string) {
  for (let at = bytes.indexOf(mark, 0, 'latin1'); at !== -1; at = bytes.indexOf(mark, at + 1, 'latin1')) yield at;
}

interface Entry {
  tag: number;
  type: number;
  count: number;
  value: number;
}

/** @param base position of the TIFF header, to which all its offsets are relative */
async function scrubGps(handle: FileHandle, read: Read, base: number, little: boolean): Promise<void> {
  const head = await read(base + 4, 4);
  if (head.length < 4) return;
  const entries = await readEntries(read, base + uint(head, 0, 4, little), little);
  const pointer = entries.find((entry) => entry.tag === 0x8825 && entry.type === 4 && entry.count === 1);
  if (!pointer) return;
  const gpsStart = base + pointer.value;
  const gps = await readEntries(read, gpsStart, little);
  for (const { type, count, value } of gps) {
    const bytes = count * (typeSizes[type] ?? 1);
    if (bytes > 4 && bytes <= 4096) await handle.write(Buffer.alloc(bytes), 0, bytes, base + value);
  }
  // Sets the number of entries to 0 and clears them.
  if (gps.length > 0) await handle.write(Buffer.alloc(2 + gps.length * 12), 0, 2 + gps.length * 12, gpsStart);
}

/** Size of a value in bytes, by TIFF type. */
const typeSizes = [1, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];

async function readEntries(read: Read, start: number, little: boolean): Promise<Entry[]> {
  const head = await read(start, 2);
  const count = head.length < 2 ? 0 : uint(head, 0, 2, little);
  if (count === 0 || count > 512) return [];
  const bytes = await read(start + 2, count * 12);
  if (bytes.length < count * 12) return [];
  return Array.from({ length: count }, (_, index) => ({
    tag: uint(bytes, index * 12, 2, little),
    type: uint(bytes, index * 12 + 2, 2, little),
    count: uint(bytes, index * 12 + 4, 4, little),
    value: uint(bytes, index * 12 + 8, 4, little),
  }));
}

async function blankXmp(handle: FileHandle, read: Read, at: number): Promise<void> {
  const packet = await read(at, window);
  const end = packet.indexOf('</x:xmpmeta>', 0, 'latin1');
  if (end !== -1) await handle.write(Buffer.alloc(end, ' '), 0, end, at);
}

const uint = (bytes: Buffer, at: number, length: number, little: boolean) =>
  little ? bytes.readUIntLE(at, length) : bytes.readUIntBE(at, length);
