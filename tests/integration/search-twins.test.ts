import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { pool } from '@/lib/platform/db/pool';
import { insertGroup, insertMessage } from '@/tests/support/conversations';
import { cast } from '@/tests/support/people';
import { find, indexAll } from '@/tests/support/search';

process.env.RATE_LIMIT_SEARCH = '100000/60';

// What somebody may not see must not show in what a search costs either. Times are too noisy to compare, so this compares what takes
// the time: the statements, and the rows and pages that they touch.

const { ada, grace } = await cast('ada', 'grace');
const own = await insertGroup([ada, grace]);
const hidden = await insertGroup([grace]);

/** Words that ada's conversation does not have: one of a single hidden message, one of many, and one that is nowhere. */
const rare = 'zyzzyvas';
const common = 'quokkas';
const nowhere = 'xylophones';
const hiddenMessages = 2_000;

beforeAll(async () => {
  await insertMessage(own, ada, 'one of mine');
  await insertMessage(hidden, grace, `only here: ${rare}`);
  await insertMessage(hidden, grace, `here and in many others: ${common}`);
  await indexAll();
  // As many more of the same, without a message each: the index alone answers.
  const more = (text: string, count: number) =>
    pool().query(
      `INSERT INTO "MessageSearch" ("messageId", "conversationId", search)
       SELECT parley_uuid(((extract(epoch FROM now()) * 1000)::bigint << 12) + n), $1, to_tsvector('simple', $2) FROM generate_series(1, $3) n`,
      [text === common ? hidden : own, text, count],
    );
  await more(common, hiddenMessages);
  await more('one of mine', 20_000);
  await pool().query('VACUUM ANALYZE "MessageSearch"');
}, 60_000);

interface Node {
  'Actual Rows': number;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
}

interface Cost {
  answer: unknown;
  statements: string[];
  /** returned by all statements */
  rows: number;
  /** touched by all statements */
  pages: number;
}

/** What ada's search for it costs: its statements are run once more, each with the values that the search gave it. */
async function costOf(q: string, more: object = {}): Promise<Cost> {
  const sent: { text: string; values: unknown[] }[] = [];
  const { query } = pg.Client.prototype;
  const spy = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...given: unknown[]) {
    const [config] = given as [{ text?: string; values?: unknown[] }];
    if (typeof config === 'object' && /^\s*(SELECT|WITH)/.test(config.text ?? ''))
      sent.push({ text: config.text ?? '', values: config.values ?? [] });
    return Reflect.apply(query, this, given);
  } as never);
  const answer = await find(ada, q, more);
  spy.mockRestore();
  const cost: Cost = { answer, statements: sent.map(({ text }) => text), rows: 0, pages: 0 };
  for (const { text, values } of sent) {
    const { rows } = await pool().query(`EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) ${text}`, values);
    const plan: Node = rows[0]['QUERY PLAN'][0].Plan;
    cost.rows += plan['Actual Rows'];
    cost.pages += plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
  }
  return cost;
}

describe.each([
  ['newest first', {}],
  ['best first', { sort: 'best' }],
])('%s', (_, more) => {
  test.each([
    ['a word that one hidden message has', rare, nowhere, 1],
    ['a word that many hidden messages have', common, nowhere, hiddenMessages],
    ['the beginning of a hidden word', 'zyzz', 'xylo', 1],
    ['a phrase of hidden messages', '"here and in many others"', '"here and in many arbors"', hiddenMessages],
    ['a hidden word with a wrong letter', 'quokkos', 'xylophonos', 0],
  ])('%s is answered and costs as one that is nowhere', async (_, q, twin, hits) => {
    const [there, absent] = [await costOf(q, more), await costOf(twin, more)];
    expect(there.answer).toEqual(absent.answer);
    expect(there.statements).toEqual(absent.statements);
    expect(there.rows).toBe(absent.rows);
    // The index leads to the hidden messages before their conversation excludes them.
    expect(Math.abs(there.pages - absent.pages)).toBeLessThanOrEqual(3 + hits / 50);
  });

  test.each([rare, common])('%s in the hidden conversation costs as much as in one that is nowhere', async (q) => {
    const there = await costOf(q, { ...more, conversationId: hidden });
    const absent = await costOf(q, { ...more, conversationId: randomUUID() });
    expect([there.answer, there.statements, there.rows]).toEqual([absent.answer, absent.statements, absent.rows]);
    expect(Math.abs(there.pages - absent.pages)).toBeLessThanOrEqual(3);
  });
});

test('the comparison finds a difference', async () => {
  const [there, absent] = [await costOf('mine'), await costOf(nowhere)];
  expect(there.answer).not.toEqual(absent.answer);
  expect(there.statements).not.toEqual(absent.statements);
});
