import { expect, test } from 'vitest';
import { BoundedMap } from '@/lib/platform/memory/bounded-map';

const present = <Value>(map: BoundedMap<string, Value>) => ['a', 'b', 'c', 'd'].filter((key) => map.get(key) !== undefined);

test('drops the oldest entries, and only as many as necessary', () => {
  const map = new BoundedMap<string, number>(2);
  for (const key of ['a', 'b', 'c']) map.set(key, 1);
  expect(present(map)).toEqual(['b', 'c']);
  map.set('b', 2);
  map.set('d', 1);
  expect(present(map)).toEqual(['b', 'd']);
  expect(map.get('b')).toBe(2);
});

test('counts by weight, and a replaced or deleted entry only once', () => {
  const map = new BoundedMap<string, string>(10, (text) => text.length);
  map.set('a', '1234');
  map.set('a', '12');
  map.set('b', '12345678');
  expect([map.weight, present(map)]).toEqual([10, ['a', 'b']]);
  map.delete('b');
  map.delete('b');
  expect(map.weight).toBe(2);
  map.set('c', 'longer than the bound');
  expect([map.weight, present(map)]).toEqual([0, []]);
  map.set('d', '1');
  map.clear();
  expect([map.weight, present(map)]).toEqual([0, []]);
});
