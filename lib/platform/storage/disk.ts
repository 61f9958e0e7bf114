import { chmod, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { isKey, requireKey } from '@/lib/platform/storage/key';
import type { ByteRange, Storage } from '@/lib/platform/storage/store';

/** Storage in a local folder, spread over 65,536 subfolders. */
export class DiskStorage implements Storage {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async put(key: string, file: string): Promise<void> {
    const path = this.#path(key);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    // The file may have been written with another umask.
    await chmod(file, privateMode);
    await flush(file);
    // A rename within one file system is atomic, so a partial file never appears, even after a power failure.
    await rename(file, path);
    await flush(dirname(path));
  }

  async open(key: string, range?: ByteRange): Promise<Readable | null> {
    // Open before streaming, so that a missing file returns null instead of a stream error.
    const handle = await open(this.#path(key)).catch(nullIfAbsent);
    return handle?.createReadStream(range) ?? null;
  }

  async size(key: string): Promise<number | null> {
    return (await stat(this.#path(key)).catch(nullIfAbsent))?.size ?? null;
  }

  async remove(keys: string[]): Promise<void> {
    for (const key of keys) await rm(this.#path(key), { force: true });
  }

  async *list() {
    for (const first of await shards(this.#folder))
      for (const second of await shards(join(this.#folder, first)))
        for (const key of await readdir(join(this.#folder, first, second))) {
          const found = await stat(join(this.#folder, first, second, key)).catch(nullIfAbsent);
          if (found && isKey(key)) yield { key, modifiedAt: found.mtime };
        }
  }

  /** Makes files private that earlier versions left readable. There are no partial files, because uploads are staged elsewhere. */
  async tidy(): Promise<void> {
    for (const first of await shards(this.#folder))
      for (const second of await shards(join(this.#folder, first))) await this.#restrict(join(this.#folder, first, second));
  }

  async #restrict(folder: string): Promise<void> {
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      const found = await stat(path).catch(nullIfAbsent);
      if (found && (found.mode & 0o077) !== 0) await chmod(path, privateMode).catch(nullIfAbsent);
    }
  }

  /** Always null: local files are served by Parley. */
  async signedUrl(): Promise<null> {
    return null;
  }

  /** Shards by the end of the id, which is random in every version of UUID; some versions begin with the time. */
  #path(key: string): string {
    return join(this.#folder, key.slice(32, 34), key.slice(34, 36), requireKey(key));
  }
}

/** Readable and writable by the owner only. */
const privateMode = 0o600;

const shards = async (folder: string) =>
  ((await readdir(folder).catch(nullIfAbsent)) ?? []).filter((name) => /^[0-9a-f]{2}$/.test(name));

/** fsync, so that a written file or a rename in a folder survives a power failure. */
async function flush(path: string): Promise<void> {
  const handle = await open(path);
  await handle.sync().finally(() => handle.close());
}

function nullIfAbsent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
