import { eventually } from '@/tests/support/eventually';
import '@/tests/support/past';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { archiveOldMonths, listArchives, type Step } from '@/lib/domain/archives/archive';
import { addReaction, removeReaction } from '@/lib/domain/reactions/reaction';
import { pool } from '@/lib/platform/db/pool';
import { log } from '@/lib/platform/log/log';
import { storage } from '@/lib/platform/storage/storage';
import { LeaseLost } from '@/lib/platform/upkeep/lease';
import { lockAwaited, openTransaction } from '@/tests/support/locks';
import { everything, monthsKept } from '@/tests/support/past';
import { asUpkeep, purge } from '@/tests/support/upkeep';
import { archiveJanuary, aYear, january, restoreJanuary, type Year } from '@/tests/support/year';

const steps: Step[] = ['closed', 'stored', 'verified', 'pointers', 'removed'];

let year: Year;
let before: Awaited<ReturnType<typeof everything>>;

beforeAll(async () => {
  year = await aYear();
});

beforeEach(async () => {
  if ((await state()) === 'ARCHIVED') await restoreJanuary();
  before = await everything();
  expect(await monthsKept()).toContain(january);
});

afterEach(() => vi.restoreAllMocks());

const state = async () => (await listArchives()).find(({ month }) => month === january)?.state;

/** Runs the next upkeep, with only January past the retention. */
async function nextRun(): Promise<void> {
  await pool().query(`UPDATE "Lease" SET "expiresAt" = now() - interval '1 s'`);
  await pool().query(`UPDATE "Archive" SET "keepUntil" = now() - interval '1 ms' WHERE state = 'RESTORED'`);
  const { rows } = await pool().query<{ months: number }>(
    `SELECT (extract(year FROM a) * 12 + extract(month FROM a))::int AS months FROM age(now() AT TIME ZONE 'UTC', '2026-02-01') AS a`,
  );
  // PostgreSQL may still be busy with the connection of the dead process.
  await eventually(() => asUpkeep((lease) => archiveOldMonths(lease, rows[0]!.months)));
}

async function isWholeAgain(): Promise<void> {
  expect(await state()).toBe('ARCHIVED');
  expect(await monthsKept()).not.toContain(january);
  await purge(new Date(Date.now() + 25 * 3_600_000));
  await restoreJanuary();
  expect(await everything()).toEqual(before);
}

function archiving(step?: Step): ChildProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', 'tests/support/archive.program.ts', ...(step ? [step] : [])], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

describe('killed', { timeout: 60_000 }, () => {
  test.each(steps)('after it was %s, the next run completes it: nothing is lost or duplicated', async (step) => {
    const [, signal] = await once(archiving(step), 'exit');
    expect(signal).toBe('SIGKILL');
    expect(await state()).toBe(step === 'removed' ? 'ARCHIVED' : 'CLOSING');
    if (step !== 'removed') expect(await everything()).toEqual(before);
    await nextRun();
    await isWholeAgain();
  });

  test('while removing the month, it still has all of it', async () => {
    const reader = await openTransaction();
    await reader.query('LOCK TABLE "Message" IN ACCESS SHARE MODE');
    const child = archiving();
    await lockAwaited('AccessExclusiveLock');
    child.kill('SIGKILL');
    await once(child, 'exit');
    await reader.query('ROLLBACK');
    expect(await everything()).toEqual(before);
    await nextRun();
    await isWholeAgain();
  });
});

describe('failing', () => {
  test.each(steps.filter((step) => step !== 'removed'))('after it was %s, the month is open and whole', async (step) => {
    const failure = archiveJanuary((reached) => {
      if (reached === step) throw new Error('no more power');
    });
    await expect(failure).rejects.toThrow('no more power');
    expect(await everything()).toEqual(before);
    expect(await state()).toBeUndefined();
    await addReaction(year.grace.id, year.january[4]!.id, '🚀');
    await removeReaction(year.grace.id, year.january[4]!.id, '🚀');
    before = await everything();
    await nextRun();
    await isWholeAgain();
  });

  test('because the file store returns other content, it removes nothing', async () => {
    const put = storage().put.bind(storage());
    vi.spyOn(storage(), 'put').mockImplementationOnce(async (key, file) => {
      const bytes = await readFile(file);
      bytes[bytes.length >> 1]! ^= 1;
      await writeFile(file, bytes);
      await put(key, file);
    });
    await expect(archiveJanuary()).rejects.toThrow(/is not the file that was written|cannot be unpacked/);
    expect(await everything()).toEqual(before);
    expect(await state()).toBeUndefined();
  });

  test('because a row was changed behind the domain’s back, it removes nothing', async () => {
    const change = archiveJanuary(async (step) => {
      if (step !== 'verified') return;
      await pool().query(`INSERT INTO "Reaction" ("messageId", "userId", emoji) VALUES ($1, $2, '🤫')`, [
        year.january[0]!.id,
        year.grace.id,
      ]);
    });
    await expect(change).rejects.toThrow('changed since');
    expect((await everything()).Reaction).toHaveLength(before.Reaction!.length + 1);
    expect(await state()).toBeUndefined();
    await pool().query(`DELETE FROM "Reaction" WHERE emoji = '🤫'`);
    expect(await everything()).toEqual(before);
  });

  test('because it lost the lease, it removes nothing, and leaves the month to the next holder', async () => {
    vi.spyOn(log(), 'warn').mockReturnValue(undefined);
    const loss = archiveJanuary(async (step) => {
      if (step === 'pointers') await pool().query('UPDATE "Lease" SET token = token + 1');
    });
    await expect(loss).rejects.toThrow(LeaseLost);
    expect(await everything()).toEqual(before);
    expect(await state()).toBe('CLOSING');
    await nextRun();
    await isWholeAgain();
  });

  test('halfway through restoring, it restores nothing, and no later run archives the empty partition', async () => {
    await archiveJanuary();
    const archived = await everything();
    const open = storage().open.bind(storage());
    let opened = 0;
    vi.spyOn(storage(), 'open').mockImplementation(async (key) => {
      opened += 1;
      const file = await open(key);
      if (opened === 2) file?.once('data', () => file.destroy(new Error('the network is gone')));
      return file;
    });
    await expect(restoreJanuary()).rejects.toThrow('the network is gone');
    vi.restoreAllMocks();
    expect(await everything()).toEqual(archived);
    const [known] = await listArchives();
    await nextRun();
    expect((await listArchives())[0]).toEqual(known);
    await restoreJanuary();
    expect(await everything()).toEqual(before);
  });
});
