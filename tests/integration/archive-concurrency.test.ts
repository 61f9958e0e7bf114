import '@/tests/support/past';
import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { archiveMonth, archiveOldMonths, listArchives } from '@/lib/domain/archives/archive';
import { closeMonth, reopenMonth } from '@/lib/domain/archives/months';
import { dropDetached } from '@/lib/domain/archives/partitions';
import { deleteMessage, editMessage } from '@/lib/domain/messages/message';
import { addReaction, removeReaction } from '@/lib/domain/reactions/reaction';
import { pool } from '@/lib/platform/db/pool';
import { insertMessage } from '@/tests/support/conversations';
import { lockAwaited, openTransaction } from '@/tests/support/locks';
import { everything } from '@/tests/support/past';
import { codeOf, say } from '@/tests/support/talk';
import { asUpkeep } from '@/tests/support/upkeep';
import { archiveJanuary, aYear, january, restoreJanuary, type Year } from '@/tests/support/year';

// Changes to a month while it is being archived.

let year: Year;
let before: Awaited<ReturnType<typeof everything>>;

beforeAll(async () => {
  year = await aYear();
});

beforeEach(async () => {
  if ((await state()) === 'ARCHIVED') await restoreJanuary();
  before = await everything();
});

const state = async () => (await listArchives()).find(({ month }) => month === january)?.state;

test('an edit in progress is awaited, and is in the archive', async () => {
  const { id } = year.january[1]!;
  const editor = await openTransaction();
  await editor.query(`UPDATE "Message" SET content = 'at the last moment' WHERE id = $1`, [id]);
  const archived = archiveJanuary();
  await lockAwaited('ShareRowExclusiveLock');
  expect(await state()).not.toBe('CLOSING');
  await editor.query('COMMIT');
  await archived;
  expect(await state()).toBe('ARCHIVED');
  await restoreJanuary();
  const { rows } = await pool().query('SELECT content FROM "Message" WHERE id = $1', [id]);
  expect(rows).toEqual([{ content: 'at the last moment' }]);
});

test('a later edit, deletion or reaction is refused, and never acknowledged', async () => {
  const { ada, grace, january: said } = year;
  const codes: string[] = [];
  await archiveJanuary(async (step) => {
    if (step !== 'closed' && step !== 'pointers') return;
    codes.push(await codeOf(editMessage(grace.id, said[1]!.id, 'too late')));
    codes.push(await codeOf(deleteMessage(ada.id, said[0]!.id)));
    codes.push(await codeOf(addReaction(ada.id, said[4]!.id, '👍')));
    codes.push(await codeOf(removeReaction(ada.id, said[0]!.id, '👍')));
  });
  expect(codes).toEqual(Array(8).fill('NOT_FOUND'));
  await restoreJanuary();
  expect(await everything()).toEqual(before);
});

test('a change that was permitted just before fails, and can be tried again', async () => {
  const fileId = randomUUID();
  const change = (text: string) => pool().query(text, [year.january[0]!.id]);
  await asUpkeep(async (lease) => {
    await closeMonth(lease, january, fileId);
    await expect(change(`UPDATE "Message" SET content = 'x' WHERE id = $1`)).rejects.toMatchObject({ code: '55P03' });
    await expect(change('DELETE FROM "Message" WHERE id = $1')).rejects.toMatchObject({ code: '55P03' });
    await reopenMonth(lease, january, randomUUID());
    await expect(change('DELETE FROM "Message" WHERE id = $1')).rejects.toMatchObject({ code: '55P03' });
    await reopenMonth(lease, january, fileId);
  });
  expect((await change('UPDATE "Message" SET rev = rev WHERE id = $1')).rowCount).toBe(1);
});

test('a closed month opens again when it is no longer to be archived', async () => {
  await asUpkeep((lease) => closeMonth(lease, january, randomUUID()));
  expect(await codeOf(addReaction(year.ada.id, year.january[4]!.id, '👍'))).toBe('NOT_FOUND');
  await asUpkeep((lease) => archiveOldMonths(lease, 0));
  await addReaction(year.ada.id, year.january[4]!.id, '👍');
  await removeReaction(year.ada.id, year.january[4]!.id, '👍');
});

test('archiving and restoring under constant traffic make no sender wait long', async () => {
  const { ada, grace, linus, room, quiet } = year;
  const waits: number[] = [];
  let going = true;
  const sending = [ada, grace, linus].map(async (person, n) => {
    while (going) {
      const begun = performance.now();
      await insertMessage(n === 0 ? quiet : room, person, 'on and on');
      waits.push(performance.now() - begun);
    }
  });
  await asUpkeep(async (lease) => {
    await pool().query(`UPDATE "Archive" SET "keepUntil" = now() - interval '1 ms'`);
    await archiveMonth(lease, january);
    await dropDetached(lease);
  });
  expect(await state()).toBe('ARCHIVED');
  expect((await pool().query(`SELECT 1 FROM pg_class WHERE relname LIKE 'Archived!_%' ESCAPE '!'`)).rowCount).toBe(0);
  await restoreJanuary();
  going = false;
  await Promise.all(sending);
  expect(waits.length).toBeGreaterThan(20);
  expect(Math.max(...waits)).toBeLessThan(1_000);
});

test('no sender waits long, even while a reader takes long', async () => {
  const reader = await openTransaction();
  await reader.query('LOCK TABLE "Message" IN ACCESS SHARE MODE');
  let done = false;
  const archived = archiveJanuary().then(() => {
    done = true;
  });
  await lockAwaited('AccessExclusiveLock');
  const waits: number[] = [];
  for (let n = 0; n < 20; n += 1) {
    const begun = performance.now();
    await say(year.ada, year.room, `Message ${n}`);
    waits.push(performance.now() - begun);
  }
  expect(done).toBe(false);
  expect(Math.max(...waits)).toBeLessThan(1_000);
  await reader.query('ROLLBACK');
  await archived;
  await restoreJanuary();
});
