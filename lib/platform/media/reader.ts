import type { FileHandle } from 'node:fs/promises';

/** A range of the original file (end exclusive), or bytes to insert. */
export type Piece = { start: number; end: number } | Buffer;

/** Reads up to `length` bytes; fewer at the end of the file. */
export type Read = (offset: number, length: number) => Promise<Buffer>;

export const reader =
  (handle: FileHandle): Read =>
  async (offset, length) => {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(length), 0, length, offset);
    return buffer.subarray(0, bytesRead);
  };
