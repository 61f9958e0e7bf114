import { describe, expect, test } from 'vitest';
import { GET as searchRoute } from '@/app/api/search/route';
import { pool } from '@/lib/platform/db/pool';
import { insertGroup } from '@/tests/support/conversations';
import { cast } from '@/tests/support/people';
import { ask } from '@/tests/support/requests';
import { find, indexAll, textsFound } from '@/tests/support/search';
import { tokenFor } from '@/tests/support/sockets';
import { codeOf, say, sayMany } from '@/tests/support/talk';

process.env.RATE_LIMIT_MESSAGE = '10000/60';
process.env.RATE_LIMIT_SEARCH = '10000/60';

const { ada, grace } = await cast('ada', 'grace');

describe('pages', () => {
  test.each(['newest', 'best'])('of the %s show each hit once, whatever comes meanwhile', async (sort) => {
    const own = await insertGroup([ada, grace]);
    await sayMany(ada, own, 7);
    await indexAll();
    const seen: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await find(ada, 'message', { conversationId: own, sort, limit: 3, ...(cursor && { cursor }) });
      expect(page.count).toEqual({ value: 7, exact: true });
      seen.push(...page.results.map(({ message }) => message.content));
      cursor = page.nextCursor;
      await say(ada, own, 'One more message');
      await indexAll();
    } while (cursor);
    expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1].map((n) => `Message ${n}`));
  });

  test('a cursor of something else is refused', async () => {
    expect(await codeOf(find(ada, 'message', { cursor: 'bm90aGluZw' }))).toBe('VALIDATION_FAILED');
  });
});

describe('hostile queries', () => {
  test.each([
    ['2,000 terms', Array.from({ length: 140 }, (_, n) => `wo${n}`).join(' ')],
    ['1,000 characters without a blank', '上'.repeat(1_000)],
    ['only common words', 'the a is of'],
    ['only marks', '%_\\\'"&|!():*<->'.repeat(50)],
    ['operators in each other', 'from:in:@a -"has:x in:"#a" "from:me'.repeat(20)],
    ['many phrases', '"a b" '.repeat(150)],
  ])('%s are answered', async (_, q) => {
    // A search of more than two seconds would be refused with UNAVAILABLE.
    expect((await find(ada, q)).results).toEqual([]);
  });

  test('more than 1,000 characters are refused', async () => {
    const { token } = await tokenFor(ada);
    const { status, body } = await ask(searchRoute, { token, path: `/api/search?q=${'x'.repeat(8_000)}` });
    expect([status, body.error.code]).toEqual([400, 'VALIDATION_FAILED']);
  });

  test('a search that takes over two seconds is ended, and its connection goes on', async () => {
    const blocking = await pool().connect();
    try {
      await blocking.query('BEGIN; LOCK TABLE "MessageSearch" IN ACCESS EXCLUSIVE MODE');
      expect(await codeOf(find(ada, 'menu'))).toBe('UNAVAILABLE');
    } finally {
      await blocking.query('ROLLBACK');
      blocking.release();
    }
    expect(await textsFound(ada, 'menu')).toEqual([]);
  });
});
