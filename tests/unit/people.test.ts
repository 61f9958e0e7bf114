import { expect, test } from 'vitest';
import { pick } from '@/components/users/people';
import { ada, grace, person } from '@/tests/unit/cast';

test('whoever has the handle that was typed comes first', () => {
  const [second, third] = [person('ada2', 'Ada Lovelace'), person('adam', 'Adam')];
  expect(pick([second, third, ada], 'Ada', false)).toEqual([ada, second, third]);
  expect(pick([second, third, ada], '', false)).toEqual([second, third, ada]);
});

test('of an answer to something typed earlier only those stay who fit what is typed now', () => {
  expect(pick([ada, grace], 'hopp', true)).toEqual([grace]);
  expect(pick([ada, grace], 'GRACE', true)).toEqual([grace]);
  expect(pick([ada, grace], 'nobody', true)).toEqual([]);
});

test('what the server found is not doubted', () => {
  expect(pick([ada, grace], 'nobody', false)).toEqual([ada, grace]);
});
