import '@/tests/support/past';
import { expect, test } from 'vitest';
import { dropDetached } from '@/lib/domain/archives/partitions';
import { pool } from '@/lib/platform/db/pool';
import { find, indexAll, textsFound } from '@/tests/support/search';
import { asUpkeep } from '@/tests/support/upkeep';
import { archiveJanuary, aYear, restoreJanuary } from '@/tests/support/year';

const { ada, mallory, room } = await aYear();

test('an archived month is not found, and is again when it was restored', async () => {
  await indexAll();
  const january = ['I have read nothing', 'was edited, @ada'];
  const found = async () => [...(await textsFound(ada, '"read nothing"')), ...(await textsFound(ada, 'edited'))];
  expect(await found()).toEqual(january);

  await archiveJanuary();
  expect(await found()).toEqual([]);
  expect((await find(ada, 'edited')).count).toEqual({ value: 0, exact: true });
  await asUpkeep((lease) => dropDetached(lease));
  const { rows } = await pool().query(`SELECT to_regclass('"MessageSearch_2026_01"') AS left`);
  expect(rows).toEqual([{ left: null }]);

  await restoreJanuary();
  expect((await find(ada, 'edited')).indexedSince).toBe('2026-02-01T00:00:00.000Z');
  await indexAll();
  expect(await found()).toEqual(january);
  expect(await find(ada, 'edited')).toMatchObject({ indexedSince: null, count: { value: 1, exact: true } });
  expect(await textsFound(mallory, 'edited')).toEqual([]);
  expect(await textsFound(ada, 'plan', { conversationId: room })).toEqual(['the plan']);
});
