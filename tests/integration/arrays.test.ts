import { expect, test } from 'vitest';
import { textArray, uuidArray } from '@/lib/platform/db/arrays';
import { run } from '@/lib/platform/db/sql';

async function readBack(value: string, type: string): Promise<unknown> {
  const [row] = await run<{ read: unknown }>(`arrays_${type}`, `SELECT $1::${type}[] AS read`, [value]);
  return row?.read;
}

test('any text and null survive an array unchanged', async () => {
  const texts = [
    null,
    '',
    'plain',
    'NULL',
    'a,b',
    '{}',
    '"',
    '\\',
    '\\"',
    'C:\\new\\table',
    'two\nlines\tand\r\n',
    ' spaced ',
    '👩‍👩‍👧 é',
    "'; --",
  ];
  expect(await readBack(textArray(texts), 'text')).toEqual(texts);
  expect(await readBack(textArray([]), 'text')).toEqual([]);
});

test('ids and null survive an array unchanged', async () => {
  const ids = ['019aa0e5-7d40-7000-8000-000000000001', null, '019aa0e5-7d40-7000-8000-000000000002', null];
  expect(await readBack(uuidArray(ids), 'uuid')).toEqual(ids);
  expect(await readBack(uuidArray([]), 'uuid')).toEqual([]);
});
