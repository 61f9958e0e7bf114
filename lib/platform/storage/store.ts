import type { Readable } from 'node:stream';

/** Bytes of a file, both ends included. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * Where uploads are kept. A key is an attachment's id, or that and a suffix: never anything a client chose, so that no name
 * can point outside.
 */
export interface Storage {
  /** Takes over a local file, whole and durable, or not at all. */
  put(key: string, file: string): Promise<void>;
  /** Null when there is no such file. Whoever opens it reads it to its end or destroys it. */
  open(key: string, range?: ByteRange): Promise<Readable | null>;
  /** Bytes, or null when there is no such file. */
  size(key: string): Promise<number | null>;
  /** Removes what is there; what is not, is no error. */
  remove(keys: string[]): Promise<void>;
  /** Everything kept, in no order. */
  list(): AsyncIterable<{ key: string; modifiedAt: Date }>;
  /** Part of the upkeep: frees what puts that never ended have left, and mends what earlier versions left in disorder. */
  tidy(olderThan: Date): Promise<void>;
  /**
   * An address of the file itself, for whoever may see it; it lives a minute at most. Null when files are served through Parley.
   */
  signedUrl(key: string, as: ServedAs): Promise<string | null>;
}

/** What an address makes the store say of a file. */
export interface ServedAs {
  contentType: string;
  contentDisposition: string;
}
