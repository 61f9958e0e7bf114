import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseEnv } from '@/lib/platform/env/env';
import { DiskStorage } from '@/lib/platform/storage/disk';
import { S3Storage } from '@/lib/platform/storage/s3';
import { s3Settings } from '@/lib/platform/storage/s3-settings';
import type { Storage } from '@/lib/platform/storage/store';
import { startStore, type TestStore } from '@/tests/support/s3';

let folder: string;
let store: TestStore;
let stores: Record<string, Storage>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-storage-'));
  store = await startStore();
  const s3 = (more = {}) => new S3Storage(s3Settings(parseEnv({ ...store.variables, ...more }))!);
  stores = {
    disk: new DiskStorage(join(folder, 'uploads')),
    s3: s3(),
    'a folder of an S3 bucket': s3({ S3_PREFIX: 'team/chat' }),
  };
});

afterAll(async () => {
  await store.down();
  await rm(folder, { recursive: true });
});

// The contract of every store of files.
describe.each(['disk', 's3', 'a folder of an S3 bucket'])('on %s', (name) => {
  const storage = () => stores[name]!;

  async function put(content: string | Uint8Array): Promise<string> {
    const key = randomUUID();
    await writeFile(join(folder, 'incoming'), content);
    await storage().put(key, join(folder, 'incoming'));
    return key;
  }

  const read = async (key: string, range?: { start: number; end: number }) => {
    const stream = await storage().open(key, range);
    return stream && text(stream);
  };

  const listed = async () => {
    const keys: string[] = [];
    for await (const file of storage().list()) keys.push(file.key);
    return keys;
  };

  test('a stored file can be read as a whole and in part', async () => {
    const key = await put('0123456789');
    expect(await storage().size(key)).toBe(10);
    expect(await read(key)).toBe('0123456789');
    expect(await read(key, { start: 2, end: 4 })).toBe('234');
    expect(await read(key, { start: 9, end: 9 })).toBe('9');
  });

  test('a file of many parts comes back unchanged, from any byte on', async () => {
    const bytes = Buffer.alloc(20 * 1024 * 1024, 'parley');
    const key = await put(bytes);
    expect(await storage().size(key)).toBe(bytes.length);
    expect((await read(key)) === bytes.toString()).toBe(true);
    const seam = 8 * 1024 * 1024;
    expect(await read(key, { start: seam - 3, end: seam + 2 })).toBe(bytes.toString('latin1', seam - 3, seam + 3));
  });

  test('putting takes the file over', async () => {
    await put('hello');
    expect(await readdir(folder)).not.toContain('incoming');
  });

  test('a missing file is null, and removing it again is no error', async () => {
    const key = await put('hello');
    await storage().remove([key]);
    await storage().remove([key]);
    expect(await storage().size(key)).toBeNull();
    expect(await storage().open(key)).toBeNull();
    expect(await storage().open(key, { start: 0, end: 1 })).toBeNull();
  });

  test('many are removed at once, and no others', async () => {
    const keys = await Promise.all(Array.from({ length: 20 }, async (_, index) => `${await putNamed(`${index}`)}`));
    const kept = keys.pop()!;
    await storage().remove(keys);
    expect((await listed()).filter((key) => keys.includes(key))).toEqual([]);
    expect(await storage().size(kept)).not.toBeNull();
  });

  async function putNamed(file: string): Promise<string> {
    const key = `${randomUUID()}.thumbnail`;
    await writeFile(join(folder, `incoming-${file}`), file);
    await storage().put(key, join(folder, `incoming-${file}`));
    return key;
  }

  test('all files are listed with their age', async () => {
    const key = await put('hello');
    expect(await listed()).toContain(key);
    for await (const { modifiedAt } of storage().list())
      expect(Math.abs(modifiedAt.getTime() - Date.now())).toBeLessThan(60_000);
  });

  test.each(['../../etc/passwd', '', 'a', `${randomUUID()}/../x`, `${randomUUID()}.a/b`])('%j is no key', async (key) => {
    const refusal = 'Not the key of a stored file.';
    await expect(storage().open(key)).rejects.toThrow(refusal);
    await expect(storage().size(key)).rejects.toThrow(refusal);
    await expect(storage().put(key, join(folder, 'x'))).rejects.toThrow(refusal);
    await expect(storage().remove([key])).rejects.toThrow(refusal);
  });
});

test('two folders of a bucket do not see each other', async () => {
  const key = randomUUID();
  await writeFile(join(folder, 'one'), 'hello');
  await stores['a folder of an S3 bucket']!.put(key, join(folder, 'one'));
  expect(await stores.s3!.size(key)).toBeNull();
  for await (const file of stores.s3!.list()) expect(file.key).not.toBe(key);
  expect(store.objects()).toContain(`team/chat/${key}`);
});

test('on disk only Parley’s user can read files, also those of an earlier version', async () => {
  const key = randomUUID();
  await writeFile(join(folder, 'thumbnail'), 'hello', { mode: 0o644 });
  await stores.disk!.put(key, join(folder, 'thumbnail'));
  const path = join(folder, 'uploads', key.slice(32, 34), key.slice(34, 36), key);
  const mode = async (of: string) => (await stat(of)).mode & 0o777;
  expect(await mode(path)).toBe(0o600);
  for (const parent of [join(path, '..'), join(path, '../..'), join(folder, 'uploads')]) expect(await mode(parent)).toBe(0o700);
  await chmod(path, 0o644);
  await stores.disk!.tidy(new Date());
  expect(await mode(path)).toBe(0o600);
});
