import { expect, test } from 'vitest';
import { type Waiting, WriteQueue } from '@/lib/messages/queue';

const waiting = (content: string, conversationId = 'a'): Waiting => ({
  draft: {
    ...{ conversationId, senderId: 's', clientMessageId: content, system: false, content },
    ...{ metadata: null, replyToId: null, attachmentIds: [] },
  },
  resolve: () => {},
  reject: () => {},
});

/** A queue whose writes last until told otherwise. */
function held() {
  const batches: string[][] = [];
  const open: (() => void)[] = [];
  let empty = 0;
  const queue = new WriteQueue(
    (batch) => {
      batches.push(batch.map(({ draft }) => draft.content));
      return new Promise<void>((resolve) => open.push(resolve));
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
  return { queue, batches, next, turn, emptied: () => empty };
}

test('an idle queue writes within the turn of the loop, and whatever comes meanwhile is the next batch, in order', async () => {
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

test('what waits for some conversations can be taken out, in order; the rest stays', async () => {
  const { queue, batches, next, turn } = held();
  queue.push([waiting('0')]);
  await turn();
  queue.push([waiting('1', 'a'), waiting('2', 'b'), waiting('3', 'a'), waiting('4', 'c')]);
  expect(queue.take(new Set(['a', 'c'])).map(({ draft }) => draft.content)).toEqual(['1', '3', '4']);
  await next();
  expect(batches).toEqual([['0'], ['2']]);
});
