import { expect, test } from 'vitest';
import { go } from '@/lib/domain/search/search';
import { createPerson } from '@/tests/support/people';
import { find } from '@/tests/support/search';
import { codeOf } from '@/tests/support/talk';

process.env.RATE_LIMIT_SEARCH = '3/60';

test('searching and going somewhere count together, each person for themselves', async () => {
  const [one, other] = [await createPerson(), await createPerson()];
  await find(one, 'a');
  await find(one, 'a');
  await go(one.id, { q: 'a', limit: 10 });
  expect(await codeOf(find(one, 'a'))).toBe('RATE_LIMIT_EXCEEDED');
  expect(await codeOf(go(one.id, { q: 'a', limit: 10 }))).toBe('RATE_LIMIT_EXCEEDED');
  await find(other, 'a');
});
