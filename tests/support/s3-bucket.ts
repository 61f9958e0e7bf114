import { createHash, randomUUID } from 'node:crypto';

/** An error of an S3 store. */
export class S3Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(code);
  }
}

/** Minimum size of all parts but the last, as in S3. */
const minPartBytes = 5 * 1024 * 1024;

interface Unfinished {
  key: string;
  initiated: Date;
  parts: Map<number, Buffer>;
}

/** One bucket of an S3 store, in memory. */
export class Bucket {
  readonly objects = new Map<string, { bytes: Buffer; modified: Date }>();
  readonly uploads = new Map<string, Unfinished>();

  put(key: string, bytes: Buffer): string {
    this.objects.set(key, { bytes, modified: new Date() });
    return etag(bytes);
  }

  get(key: string) {
    const object = this.objects.get(key);
    if (!object) throw new S3Refusal(404, 'NoSuchKey');
    return object;
  }

  begin(key: string): string {
    const id = randomUUID();
    this.uploads.set(id, { key, initiated: new Date(), parts: new Map() });
    return id;
  }

  part(id: string, number: number, bytes: Buffer): string {
    this.#upload(id).parts.set(number, bytes);
    return etag(bytes);
  }

  /** @param named the numbers and ETags of the parts, as listed by the client */
  complete(id: string, named: { number: number; etag: string }[]): string {
    const { key, parts } = this.#upload(id);
    const chosen = named.map((wanted, index) => {
      const bytes = parts.get(wanted.number);
      if (!bytes || etag(bytes) !== wanted.etag) throw new S3Refusal(400, 'InvalidPart');
      if (index > 0 && wanted.number <= (named[index - 1]?.number ?? 0)) throw new S3Refusal(400, 'InvalidPartOrder');
      if (index < named.length - 1 && bytes.length < minPartBytes) throw new S3Refusal(400, 'EntityTooSmall');
      return bytes;
    });
    this.uploads.delete(id);
    return this.put(key, Buffer.concat(chosen));
  }

  abort(id: string): void {
    this.#upload(id);
    this.uploads.delete(id);
  }

  /** A page of sorted names, after the given one. */
  names(prefix: string, after: string, count: number): { names: string[]; more: boolean } {
    const names = [...this.objects.keys()].filter((name) => name.startsWith(prefix) && name > after).toSorted();
    return { names: names.slice(0, count), more: names.length > count };
  }

  #upload(id: string): Unfinished {
    const upload = this.uploads.get(id);
    if (!upload) throw new S3Refusal(404, 'NoSuchUpload');
    return upload;
  }
}

export const etag = (bytes: Buffer) => `"${createHash('md5').update(bytes).digest('hex')}"`;
