import { beforeAll, expect, test } from 'vitest';
import { GET as progressRoute } from '@/app/api/search/progress/route';
import { backfill, reindexAll } from '@/lib/domain/search/backfill';
import { searchProgress } from '@/lib/domain/search/search';
import { pool } from '@/lib/platform/db/pool';
import { transaction } from '@/lib/platform/db/sql';
import { insertGroup } from '@/tests/support/conversations';
import { cast, createPerson, type Person } from '@/tests/support/people';
import { ask } from '@/tests/support/requests';
import { find, indexAll } from '@/tests/support/search';
import { tokenFor } from '@/tests/support/sockets';
import { sayMany } from '@/tests/support/talk';

process.env.RATE_LIMIT_MESSAGE = '10000/60';
process.env.RATE_LIMIT_SEARCH = '10000/60';

const { ada, mallory } = await cast('ada', 'mallory');
const setRole = (id: string, role: string) => pool().query(`UPDATE "User" SET role = $2::"UserRole" WHERE id = $1`, [id, role]);

beforeAll(async () => {
  await setRole(ada.id, 'OWNER');
  await setRole(mallory.id, 'MEMBER');
  await sayMany(ada, await insertGroup([ada]), 450);
  await indexAll();
});

test('all is indexed until an upgrade brings more; then the share only grows, and the time is that of searches', async () => {
  expect(await searchProgress(ada.id)).toEqual({ indexed: 1, indexedSince: null });
  await reindexAll();
  const shares: number[] = [];
  for (;;) {
    const { indexed, indexedSince } = await searchProgress(ada.id);
    if (indexedSince === null) break;
    // Both say now until something is indexed.
    const inSearches = (await find(ada, 'message')).indexedSince;
    expect(Math.abs(Date.parse(indexedSince) - Date.parse(String(inSearches)))).toBeLessThan(10_000);
    shares.push(indexed);
    await backfill(transaction);
  }
  expect(shares[0]).toBe(0);
  expect(shares.length).toBeGreaterThan(2);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
  expect(await searchProgress(ada.id)).toEqual({ indexed: 1, indexedSince: null });
});

test('a restored month is a part of all', async () => {
  const month = new Date().toISOString().slice(0, 7);
  await pool().query(
    `INSERT INTO "SearchBackfill" SELECT $1, parley_floor(date_trunc('month', now(), 'UTC')), parley_floor(date_trunc('month', now(), 'UTC') + interval '1 month')`,
    [month],
  );
  expect((await searchProgress(ada.id)).indexed).toBeLessThan(1);
  await pool().query(
    `UPDATE "SearchBackfill" SET before = parley_floor(date_trunc('month', now(), 'UTC') + (now() - date_trunc('month', now(), 'UTC')) / 2)`,
  );
  const { indexed } = await searchProgress(ada.id);
  expect(indexed).toBeGreaterThan(0.45);
  expect(indexed).toBeLessThan(1);
  await pool().query('DELETE FROM "SearchBackfill"');
});

test('only the owner and admins may see it', async () => {
  const get = async (person: Person) => {
    const { token } = await tokenFor(person);
    return (await ask(progressRoute, { token, path: '/api/search/progress' })).status;
  };
  const admin = await createPerson();
  await setRole(admin.id, 'ADMIN');
  expect([await get(ada), await get(admin), await get(mallory)]).toEqual([200, 200, 403]);
  await expect(searchProgress(mallory.id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
});
