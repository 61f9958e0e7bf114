import { expect, test } from 'vitest';
import { pick } from '@/components/users/people';
import { ada, grace, person } from '@/tests/unit/cast';

test('the person with the typed handle comes first', () => {
  const [second, third] = [person('ada2', 'Ada Lovelace'), person('adam', 'Adam')];
  expect(pick([second, third, ada], 'Ada', false)).toEqual([ada, second, third]);
  expect(pick([second, third, ada], '', false)).toEqual([second, third, ada]);
});

test('of an answer to an earlier text only the people who match the present text stay', () => {
  expect(pick([ada, grace], 'hopp', true)).toEqual([grace]);
  expect(pick([ada, grace], 'GRACE', true)).toEqual([grace]);
  expect(pick([ada, grace], 'nobody', true)).toEqual([]);
});

test('the server’s matches are not filtered', () => {
  expect(pick([ada, grace], 'nobody', false)).toEqual([ada, grace]);
});
