import type { Read } from '@/lib/platform/media/reader';

/** A box of ISO 14496-12 (4.2), or an atom of QuickTime, which is the same. Offsets in the file, ends excluded. */
export interface Box {
  type: string;
  start: number;
  /** where its content begins: after 8 bytes, or 16 when its size has 64 bits */
  content: number;
  end: number;
}

const file = 'the file';

/** What holds all the others. */
export const wholeFile = (size: number): Box => ({ type: file, start: 0, content: 0, end: size });

/** A film of a day in fragments of two seconds has so many; whatever has more was made to be looked at for long. */
const maxBoxes = 50_000;

/** Reads boxes, never more of them than a film has. */
export class BoxReader {
  readonly read: Read;
  #left = maxBoxes;

  constructor(read: Read) {
    this.read = read;
  }

  /**
   * The boxes that stand directly in one; what is not built like one ends them.
   * @param skipped bytes of content before the first
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
  // 0: to the end, which only the last one of a file may say. Within user data it is QuickTime's mark of the end.
  if (short === 0 && parent.type !== file) return null;
  const size = isLong ? Number(head.readBigUInt64BE(8)) : short || parent.end - start;
  const content = start + (isLong ? 16 : 8);
  const end = start + size;
  return end < content || end > parent.end ? null : { type: head.toString('latin1', 4, 8), start, content, end };
}
