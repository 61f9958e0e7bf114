import '@/tests/support/past';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ArchiveRow, listArchives } from '@/lib/domain/archives/archive';
import { pool } from '@/lib/platform/db/pool';
import { uploadsDir } from '@/lib/platform/storage/storage';
import { runNode } from '@/scripts/run';
import { cleanUp, freshFolder, startParley } from '@/tests/support/boot';
import { everything, monthsKept } from '@/tests/support/past';
import { archiveJanuary, aYear, january } from '@/tests/support/year';

/** Simulates a machine on which every statement is slow. */
const script = (...parameters: string[]) =>
  runNode(['--import', 'tsx', 'scripts/archive-restore.ts', ...parameters], { SLOW_STATEMENT_MS: '1' });

let archive: ArchiveRow;

beforeAll(async () => {
  await aYear();
  expect(await script()).toEqual({ code: 0, output: 'No month is archived.\n' });
});

beforeEach(async () => {
  const [known] = await listArchives();
  if (known?.state !== 'ARCHIVED') await archiveJanuary();
  archive = (await listArchives())[0]!;
});

const all = async () => [await everything(), await listArchives(), await monthsKept()];

/** Asserts that one line says this, and that nothing was changed. */
async function refuses(parameters: string[], reason: RegExp): Promise<void> {
  const before = await all();
  const { code, output } = await script(...parameters);
  expect(output).toMatch(/^Nothing was restored: [^\n]+\n$/);
  expect(output).toMatch(reason);
  expect(code).toBe(1);
  expect(await all()).toEqual(before);
}

describe('npm run archive:restore', { timeout: 60_000 }, () => {
  test('lists the archived months', async () => {
    const line = `${january}  9 messages, 2 KiB, ${archive.fileId}.archive`;
    expect(await script()).toEqual({ code: 0, output: `${line}\n` });
  });

  test('restores a month, and a second run does no harm', async () => {
    const { code, output } = await script(january, '--days', '7');
    expect([code, output]).toEqual([0, '2026-01 is restored: 9 messages. It stays for 7 days and is then archived again.\n']);
    const [messages] = await all();
    expect((messages as Record<string, string[]>).Message).toHaveLength(13);
    expect(await script(january)).toMatchObject({ code: 0, output: expect.stringContaining('2026-01 is already restored') });
    expect((await all())[0]).toEqual(messages);
    const until = (await listArchives())[0]!.keepUntil!.getTime();
    expect(until).toBeGreaterThan(Date.now() + 29 * 86_400_000);
    expect((await script()).output).toContain('restored until');
  });

  test.each([
    [['2025-12'], /There is no archive of 2025-12/],
    [['2026-13'], /"2026-13" is no month/],
    [['../../etc'], /is no month/],
    [['2026-01', '2026-02'], /takes one month/],
    [['2026-01', '--days', '0'], /a number of days/],
    [['--month', '2026-01'], /Unknown option/],
  ])('of %j reports what is wrong', (parameters, reason) => refuses(parameters, reason));

  test.each([
    ['with one byte changed', (bytes: Buffer) => bytes.with(bytes.length - 40, bytes[bytes.length - 40]! ^ 1)],
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 100)],
    ['empty', () => Buffer.alloc(0)],
    ['of somebody else’s', () => Buffer.from('hello')],
  ])('refuses a file %s, and changes nothing', async (_how, damage) => {
    const key = `${archive.fileId}.archive`;
    const file = join(uploadsDir(), key.slice(32, 34), key.slice(34, 36), key);
    const bytes = await readFile(file);
    await writeFile(file, damage(bytes));
    await refuses([january], /The file of 2026-01, .+\.archive, .+ Restore it from a backup\.$/m);
    await writeFile(file, bytes);
  });

  test('waits for its turn', async () => {
    await pool().query(`UPDATE "Lease" SET "expiresAt" = now() + interval '3 s'`);
    const { code } = await script(january);
    expect(code).toBe(0);
    const { rows } = await pool().query<{ late: boolean }>(
      `SELECT "expiresAt" > now() - interval '1 min' AS late FROM "Lease"`,
    );
    expect(rows).toEqual([{ late: true }]);
  });
});

describe('with the embedded database', { timeout: 120_000 }, () => {
  afterEach(cleanUp);

  test('it works beside a running Parley, and without one', async () => {
    const folder = freshFolder();
    const parley = await startParley(folder);
    const run = () =>
      runNode(['--import', 'tsx', 'scripts/archive-restore.ts'], { PARLEY_DATA_DIR: folder, DATABASE_URL: '', PGOPTIONS: '' });
    expect(await run()).toEqual({ code: 0, output: 'No month is archived.\n' });
    await parley.store('still up');
    parley.child.kill('SIGTERM');
    await new Promise((resolve) => parley.child.once('exit', resolve));
    expect(await run()).toEqual({ code: 0, output: 'No month is archived.\n' });
  });
});
