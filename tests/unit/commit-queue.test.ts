import { expect, test } from 'vitest';
import { type Announce, CommitQueue, type PendingDraft } from '@/lib/domain/messages/commit-queue';

const waiting = (content: string, conversationId = 'a'): PendingDraft => ({
  draft: {
    ...{ conversationId, senderId: 's', clientMessageId: content, system: false, content },
    ...{ metadata: null, replyToId: null, attachmentIds: [] },
  },
  resolve: () => {},
  reject: () => {},
});

/** A queue whose writes last until the test ends them. */
function held() {
  const batches: string[][] = [];
  const told: string[][] = [];
  const open: (() => void)[] = [];
  let empty = 0;
  const queue = new CommitQueue(
    (batch) => {
      const content = batch.map(({ draft }) => draft.content);
      batches.push(content);
      return new Promise<Announce>((resolve) => open.push(() => resolve(() => void told.push(content))));
    },
    () => {
      empty += 1;
    },
  );
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const next = async () => {
    open.shift()?.();
    await turn();
  };
  return { queue, batches, told, next, turn, emptied: () => empty };
}

test('an idle queue writes within the turn of the loop, and drafts that arrive meanwhile are the next batch, in order', async () => {
  const { queue, batches, next, turn, emptied } = held();
  queue.push([waiting('1')]);
  await turn();
  expect(batches).toEqual([['1']]);
  queue.push([waiting('2')]);
  queue.push([waiting('3'), waiting('4')]);
  await turn();
  expect(batches).toEqual([['1']]);
  await next();
  expect(batches).toEqual([['1'], ['2', '3', '4']]);
  expect(emptied()).toBe(0);
  await next();
  expect(emptied()).toBe(1);
});

test('a batch is bounded in messages and in characters', async () => {
  const { queue, batches, next, turn } = held();
  queue.push([waiting('0')]);
  await turn();
  queue.push(Array.from({ length: 450 }, (_, n) => waiting(`${n}`)));
  queue.push(Array.from({ length: 40 }, () => waiting('x'.repeat(8_000))));
  for (let n = 0; n < 6; n += 1) await next();
  expect(batches.map((batch) => batch.length)).toEqual([1, 200, 200, 82, 8]);
});

test('the drafts of some conversations can be taken out in order; the rest stays', async () => {
  const { queue, batches, next, turn } = held();
  queue.push([waiting('0')]);
  await turn();
  queue.push([waiting('1', 'a'), waiting('2', 'b'), waiting('3', 'a'), waiting('4', 'c')]);
  expect(queue.take(new Set(['a', 'c'])).map(({ draft }) => draft.content)).toEqual(['1', '3', '4']);
  await next();
  expect(batches).toEqual([['0'], ['2']]);
});

test('a batch is announced after the next one is sent, in order, and the last one at once', async () => {
  const { queue, batches, told, next, turn } = held();
  queue.push([waiting('1')]);
  await turn();
  queue.push([waiting('2')]);
  const write = batches.push;
  let toldBefore = -1;
  batches.push = (batch) => {
    toldBefore = told.length;
    return write.call(batches, batch);
  };
  await next();
  expect(batches.slice()).toEqual([['1'], ['2']]);
  expect(toldBefore).toBe(0);
  await turn();
  expect(told).toEqual([['1']]);
  await next();
  expect(told).toEqual([['1'], ['2']]);
});

test('of much that waits a batch takes whole conversations that make half of it, those that wait longest first', async () => {
  const { queue, batches, next, turn } = held();
  queue.push([waiting('0')]);
  await turn();
  queue.push(Array.from({ length: 60 }, (_, n) => waiting(`${n}`, `room ${n % 6}`)));
  await next();
  const numbers = (rooms: number[]) => Array.from({ length: 60 }, (_, n) => n).filter((n) => rooms.includes(n % 6));
  expect(batches[1]).toEqual(numbers([0, 1, 2]).map(String));
  await next();
  expect(batches[2]).toEqual(numbers([3, 4, 5]).map(String));
});

test('a draft that fills a batch is not overtaken by others of its conversation', async () => {
  const { queue, batches, next, turn } = held();
  queue.push([waiting('0')]);
  await turn();
  queue.push(Array.from({ length: 33 }, () => waiting('x'.repeat(8_000))));
  queue.push([waiting('after')]);
  await next();
  expect(batches[1]).toHaveLength(32);
  await next();
  expect(batches[2]?.map((content) => content.slice(0, 5))).toEqual(['xxxxx', 'after']);
});
