import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DiskStorage } from '@/lib/storage/disk';

let folder: string;
let disk: DiskStorage;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-storage-'));
  disk = new DiskStorage(join(folder, 'uploads'));
});

afterAll(() => rm(folder, { recursive: true }));

async function put(content: string): Promise<string> {
  const key = randomUUID();
  await writeFile(join(folder, 'incoming'), content);
  await disk.put(key, join(folder, 'incoming'));
  return key;
}

const read = async (key: string, range?: { start: number; end: number }) => {
  const stream = await disk.open(key, range);
  return stream && text(stream);
};

test('what was put can be read, whole and in part', async () => {
  const key = await put('0123456789');
  expect(await disk.size(key)).toBe(10);
  expect(await read(key)).toBe('0123456789');
  expect(await read(key, { start: 2, end: 4 })).toBe('234');
});

test('putting takes the file over', async () => {
  await put('hello');
  expect(await readdir(folder)).not.toContain('incoming');
});

test('what is not there is null, and removing it again is no error', async () => {
  const key = await put('hello');
  await disk.remove([key]);
  await disk.remove([key]);
  expect(await disk.size(key)).toBeNull();
  expect(await disk.open(key)).toBeNull();
});

test('everything kept is listed', async () => {
  const key = await put('hello');
  const keys: string[] = [];
  for await (const file of disk.list()) keys.push(file.key);
  expect(keys).toContain(key);
});

test.each(['../../etc/passwd', '', 'a', `${randomUUID()}/../x`, `${randomUUID()}.a/b`])('%j is no key', async (key) => {
  await expect(disk.open(key)).rejects.toThrow('Not the key of a stored file.');
  await expect(disk.put(key, join(folder, 'x'))).rejects.toThrow('Not the key of a stored file.');
  await expect(disk.remove([key])).rejects.toThrow('Not the key of a stored file.');
});
