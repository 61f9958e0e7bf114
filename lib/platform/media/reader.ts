import type { FileHandle } from 'node:fs/promises';

/** A stretch of the original file (bytes, end excluded), or bytes to put there instead. */
export type Piece = { start: number; end: number } | Buffer;

/** Reads at most length bytes; less at the end of the file. */
export type Read = (offset: number, length: number) => Promise<Buffer>;

export const reader =
  (handle: FileHandle): Read =>
  async (offset, length) => {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(length), 0, length, offset);
    return buffer.subarray(0, bytesRead);
  };
