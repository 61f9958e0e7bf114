import '@/tests/support/past';
import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { listArchives } from '@/lib/domain/archives/archive';
import { env } from '@/lib/platform/env/env';
import { storage, uploadsDir } from '@/lib/platform/storage/storage';
import { everything, monthsKept } from '@/tests/support/past';
import { startStore, type TestStore } from '@/tests/support/s3';
import { purge } from '@/tests/support/upkeep';
import { archiveJanuary, aYear, january, restoreJanuary, type Year } from '@/tests/support/year';

let store: TestStore;
let year: Year;
let before: Awaited<ReturnType<typeof everything>>;

beforeAll(async () => {
  store = await startStore();
  Object.assign(process.env, store.variables);
  expect(env().S3_BUCKET).toBe(store.bucket);
  year = await aYear();
  before = await everything();
});

afterAll(() => store.down());

test('while the store is unreachable nothing is archived, and the month stays open', async () => {
  store.cutOff(/^PUT /);
  await expect(archiveJanuary()).rejects.toThrow();
  store.cutOff(null);
  expect(await everything()).toEqual(before);
  expect(await listArchives()).toEqual([]);
  expect(await readdir(`${uploadsDir()}/.staging`)).toEqual([]);
});

test('a file that cannot be read again removes no month', async () => {
  const open = storage().open.bind(storage());
  vi.spyOn(storage(), 'open').mockImplementationOnce(async (key) => {
    const file = await open(key);
    return file?.once('data', () => file.destroy(new Error('The line is dead.'))) ?? null;
  });
  await expect(archiveJanuary()).rejects.toThrow('The line is dead.');
  expect(await everything()).toEqual(before);
  expect(await monthsKept()).toContain(january);
});

test('a month goes to the bucket and comes back identical; earlier failures are swept', async () => {
  await archiveJanuary();
  const { fileId } = (await listArchives())[0]!;
  expect(store.objects()).toEqual(expect.arrayContaining([`${fileId}.archive`, year.fileId]));
  expect((await everything()).Message).toHaveLength(4);
  await purge(new Date(Date.now() + 25 * 3_600_000));
  expect(store.objects()).toEqual([`${fileId}.archive`, year.fileId].toSorted());
  await restoreJanuary();
  expect(await everything()).toEqual(before);
});

test('a file missing from the bucket is refused, and nothing changes', async () => {
  await archiveJanuary();
  const archived = [await everything(), await listArchives(), await monthsKept()];
  vi.spyOn(storage(), 'open').mockResolvedValueOnce(null);
  await expect(restoreJanuary()).rejects.toThrow(/^The file of 2026-01, .+\.archive, is not in the file store\./);
  expect([await everything(), await listArchives(), await monthsKept()]).toEqual(archived);
});
