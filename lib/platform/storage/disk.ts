import { chmod, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { isKey, requireKey } from '@/lib/platform/storage/key';
import type { ByteRange, Storage } from '@/lib/platform/storage/store';

/** Files in a folder of this machine, spread over 65,536 subfolders. */
export class DiskStorage implements Storage {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async put(key: string, file: string): Promise<void> {
    const path = this.#path(key);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    // Whoever wrote it, only this user reads it.
    await chmod(file, ownFile);
    await flush(file);
    // On one file system a rename is atomic: nobody ever sees half a file, not even after a power cut.
    await rename(file, path);
    await flush(dirname(path));
  }

  async open(key: string, range?: ByteRange): Promise<Readable | null> {
    // Opened before it is streamed, so that a missing file is an answer and not a broken stream.
    const handle = await open(this.#path(key)).catch(absent);
    return handle?.createReadStream(range) ?? null;
  }

  async size(key: string): Promise<number | null> {
    return (await stat(this.#path(key)).catch(absent))?.size ?? null;
  }

  async remove(keys: string[]): Promise<void> {
    for (const key of keys) await rm(this.#path(key), { force: true });
  }

  async *list() {
    for (const first of await shards(this.#folder))
      for (const second of await shards(join(this.#folder, first)))
        for (const key of await readdir(join(this.#folder, first, second))) {
          const found = await stat(join(this.#folder, first, second, key)).catch(absent);
          if (found && isKey(key)) yield { key, modifiedAt: found.mtime };
        }
  }

  /** Half a file is never here, as what is on its way is staged elsewhere; but earlier versions left some for others to read. */
  async tidy(): Promise<void> {
    for (const first of await shards(this.#folder))
      for (const second of await shards(join(this.#folder, first))) await this.#restrict(join(this.#folder, first, second));
  }

  async #restrict(folder: string): Promise<void> {
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      const found = await stat(path).catch(absent);
      if (found && (found.mode & 0o077) !== 0) await chmod(path, ownFile).catch(absent);
    }
  }

  /** Only Parley itself can read this machine's files. */
  async signedUrl(): Promise<null> {
    return null;
  }

  /** Spread by the end of the id, which is random in every version of UUID; the beginning of some is the time. */
  #path(key: string): string {
    return join(this.#folder, key.slice(32, 34), key.slice(34, 36), requireKey(key));
  }
}

/** Only its owner reads and writes it. */
const ownFile = 0o600;

const shards = async (folder: string) =>
  ((await readdir(folder).catch(absent)) ?? []).filter((name) => /^[0-9a-f]{2}$/.test(name));

/** fsync: what was written, or renamed into this folder, survives a power cut. */
async function flush(path: string): Promise<void> {
  const handle = await open(path);
  await handle.sync().finally(() => handle.close());
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
