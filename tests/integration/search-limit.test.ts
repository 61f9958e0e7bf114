import { expect, test } from 'vitest';
import { GET as goRoute } from '@/app/api/go/route';
import { GET as searchRoute } from '@/app/api/search/route';
import { createPerson } from '@/tests/support/people';
import { ask } from '@/tests/support/requests';
import { tokenFor } from '@/tests/support/sockets';

process.env.RATE_LIMIT_SEARCH = '3/60';

test('searching and going somewhere count together, each person for themselves', async () => {
  const [one, other] = await Promise.all([tokenFor(await createPerson()), tokenFor(await createPerson())]);
  const search = async ({ token }: { token: string }) => (await ask(searchRoute, { token, path: '/api/search?q=a' })).status;
  const go = async ({ token }: { token: string }) => (await ask(goRoute, { token, path: '/api/go?q=a' })).status;
  expect([await search(one), await search(one), await go(one)]).toEqual([200, 200, 200]);
  expect([await search(one), await go(one)]).toEqual([429, 429]);
  expect(await search(other)).toBe(200);
});
