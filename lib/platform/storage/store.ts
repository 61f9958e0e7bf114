import type { Readable } from 'node:stream';

/** A range of bytes of a file, both ends inclusive. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * Stores uploads. A key is an attachment's id, optionally with a suffix. Clients never choose a key, so no key can contain a path.
 */
export interface Storage {
  /** Moves a local file into storage, atomically and durably. */
  put(key: string, file: string): Promise<void>;
  /** Opens a file, or returns null when it does not exist. The caller must read the stream to its end or destroy it. */
  open(key: string, range?: ByteRange): Promise<Readable | null>;
  /** Size in bytes, or null when the file does not exist. */
  size(key: string): Promise<number | null>;
  /** Removes files. Missing files are ignored. */
  remove(keys: string[]): Promise<void>;
  /** Lists all files, unordered. */
  list(): AsyncIterable<{ key: string; modifiedAt: Date }>;
  /** Upkeep: removes the remains of unfinished puts, and repairs what earlier versions left behind. */
  tidy(olderThan: Date): Promise<void>;
  /**
   * A URL that gives direct access to the file for at most a minute. Null when Parley serves the files.
   */
  signedUrl(key: string, as: ServedAs): Promise<string | null>;
}

/** Response headers that a signed URL makes the store send. */
export interface ServedAs {
  contentType: string;
  contentDisposition: string;
}
