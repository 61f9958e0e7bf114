import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { listMessages } from '@/lib/domain/messages/message';
import { historySchema } from '@/lib/domain/messages/schema';
import { insertGroup } from '@/tests/support/conversations';
import { cast } from '@/tests/support/people';
import { codeOf, postSystemMessage, say, sayMany } from '@/tests/support/talk';

const { ada, grace, mallory } = await cast('ada', 'grace', 'mallory');
let room: string;
let ids: string[];

beforeAll(async () => {
  room = await insertGroup([ada, grace]);
  ids = (await sayMany(ada, room, 10)).map(({ id }) => id);
});

async function page(query: object, conversationId = room) {
  const { messages, ...rest } = await listMessages(grace.id, conversationId, historySchema.parse(query));
  return { ids: messages.map(({ id }) => id), ...rest };
}

test('without a cursor the answer is the newest page, oldest message first', async () => {
  expect(await page({ limit: 3 })).toEqual({ ids: ids.slice(7), prevCursor: ids[7], nextCursor: null, hasMore: true });
  expect(await page({})).toEqual({ ids, prevCursor: null, nextCursor: null, hasMore: false });
  expect(await page({ limit: 10 })).toEqual({ ids, prevCursor: null, nextCursor: null, hasMore: false });
});

test('before pages to the oldest message', async () => {
  expect(await page({ before: ids[5], limit: 3 })).toEqual({
    ids: ids.slice(2, 5),
    prevCursor: ids[2],
    nextCursor: ids[4],
    hasMore: true,
  });
  expect(await page({ before: ids[2], limit: 3 })).toEqual({
    ids: ids.slice(0, 2),
    prevCursor: null,
    nextCursor: ids[1],
    hasMore: false,
  });
  expect(await page({ before: ids[0], limit: 3 })).toEqual({ ids: [], prevCursor: null, nextCursor: ids[0], hasMore: false });
});

test('after pages to the newest message', async () => {
  expect(await page({ after: ids[2], limit: 3 })).toEqual({
    ids: ids.slice(3, 6),
    prevCursor: ids[3],
    nextCursor: ids[5],
    hasMore: true,
  });
  expect(await page({ after: ids[6], limit: 3 })).toEqual({
    ids: ids.slice(7),
    prevCursor: ids[7],
    nextCursor: null,
    hasMore: false,
  });
  expect(await page({ after: ids[9], limit: 3 })).toEqual({ ids: [], prevCursor: ids[9], nextCursor: null, hasMore: false });
});

test('around includes its target, and the longer side fills up the shorter one', async () => {
  expect(await page({ around: ids[5], limit: 5 })).toEqual({
    ids: ids.slice(3, 8),
    prevCursor: ids[3],
    nextCursor: ids[7],
    hasMore: true,
  });
  expect(await page({ around: ids[0], limit: 5 })).toEqual({
    ids: ids.slice(0, 5),
    prevCursor: null,
    nextCursor: ids[4],
    hasMore: true,
  });
  expect(await page({ around: ids[9], limit: 5 })).toEqual({
    ids: ids.slice(5),
    prevCursor: ids[5],
    nextCursor: null,
    hasMore: true,
  });
  expect(await page({ around: ids[8], limit: 5 })).toEqual({
    ids: ids.slice(5),
    prevCursor: ids[5],
    nextCursor: null,
    hasMore: true,
  });
  expect(await page({ around: ids[4], limit: 1 })).toEqual({
    ids: [ids[4]],
    prevCursor: ids[4],
    nextCursor: ids[4],
    hasMore: true,
  });
  expect((await page({ around: ids[4], limit: 4 })).ids).toHaveLength(4);
  expect(await page({ around: ids[4], limit: 10 })).toEqual({ ids, prevCursor: null, nextCursor: null, hasMore: false });
});

test('following either cursor from anywhere shows every message once', async () => {
  const older: string[] = [];
  for (let at = await page({ limit: 3 }); ; at = await page({ before: at.prevCursor, limit: 3 })) {
    older.unshift(...at.ids);
    if (!at.prevCursor) break;
  }
  expect(older).toEqual(ids);
  const newer: string[] = [];
  for (let at = await page({ around: ids[0], limit: 1 }); ; at = await page({ after: at.nextCursor, limit: 4 })) {
    newer.push(...at.ids);
    if (!at.nextCursor) break;
  }
  expect(newer).toEqual(ids);
});

test('an empty conversation is an empty page', async () => {
  const empty = await insertGroup([ada, grace]);
  expect(await page({}, empty)).toEqual({ ids: [], prevCursor: null, nextCursor: null, hasMore: false });
});

test('history includes system messages', async () => {
  const group = await insertGroup([ada, grace]);
  const first = await say(ada, group, 'One');
  const note = await postSystemMessage(group, ada.id, { action: 'role', actorId: ada.id, userIds: [grace.id] });
  const second = await say(ada, group, 'Two');
  expect((await page({}, group)).ids).toEqual([first.id, note.id, second.id]);
});

test('a cursor must be a message of this conversation', async () => {
  const elsewhere = await say(ada, await insertGroup([ada, grace]), 'Elsewhere');
  for (const cursor of [elsewhere.id, randomUUID()])
    for (const direction of ['before', 'after', 'around'])
      expect(await codeOf(page({ [direction]: cursor }))).toBe('NOT_FOUND');
});

test('an outsider reads nothing of it', async () => {
  for (const query of [{}, { around: ids[3] }, { before: ids[3] }, { after: ids[3] }])
    expect(await codeOf(listMessages(mallory.id, room, historySchema.parse(query)))).toBe('NOT_FOUND');
});

test('a limit over the maximum means the maximum; other invalid limits are refused', () => {
  expect(historySchema.parse({ limit: '5000' }).limit).toBe(100);
  for (const query of [{ limit: 0 }, { limit: 'x' }, { before: 'x' }, { before: ids[0], after: ids[1] }])
    expect(historySchema.safeParse(query).success).toBe(false);
});
