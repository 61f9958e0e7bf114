import type { Read } from '@/lib/platform/media/reader';

/** A box of ISO 14496-12 (4.2), the same as an atom of QuickTime. Offsets in the file, ends exclusive. */
export interface Box {
  type: string;
  start: number;
  /** where its content begins: after 8 bytes, or 16 when its size has 64 bits */
  content: number;
  end: number;
}

const file = 'the file';

/** A pseudo box that contains all top-level boxes. */
export const wholeFile = (size: number): Box => ({ type: file, start: 0, content: 0, end: size });

/** A video of a day in fragments of two seconds has this many. More boxes are an attempt to waste CPU time. */
const maxBoxes = 50_000;

/** Reads boxes, up to a total of maxBoxes. */
export class BoxReader {
  readonly read: Read;
  #left = maxBoxes;

  constructor(read: Read) {
    this.read = read;
  }

  /**
   * Iterates over the direct children of a box, up to the first malformed one.
   * @param skipped bytes of content before the first child
   */
  async *inside(parent: Box, skipped = 0): AsyncGenerator<Box> {
    for (let at = parent.content + skipped; at + 8 <= parent.end && this.#left > 0; this.#left -= 1) {
      const box = boxAt(await this.read(at, 16), at, parent);
      if (!box) return;
      yield box;
      at = box.end;
    }
  }
}

function boxAt(head: Buffer, start: number, parent: Box): Box | null {
  if (head.length < 8) return null;
  const short = head.readUInt32BE(0);
  const isLong = short === 1;
  if (isLong && head.length < 16) return null;
  // Size 0 means "to the end", allowed only for the last box of a file. In user data it is QuickTime's end marker.
  if (short === 0 && parent.type !== file) return null;
  const size = isLong ? Number(head.readBigUInt64BE(8)) : short || parent.end - start;
  const content = start + (isLong ? 16 : 8);
  const end = start + size;
  return end < content || end > parent.end ? null : { type: head.toString('latin1', 4, 8), start, content, end };
}
