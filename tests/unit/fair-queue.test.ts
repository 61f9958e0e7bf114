import { expect, test } from 'vitest';
import { FairQueue } from '@/lib/platform/async/fair-queue';

/** Work that runs until it is released, and the order in which it started. */
function bench(atOnce: number) {
  const queue = new FairQueue(atOnce);
  const begun: string[] = [];
  const going = new Map<string, () => void>();
  const ask = (userId: string, name: string) =>
    queue.run(userId, () => {
      begun.push(name);
      return new Promise<string>((resolve) => going.set(name, () => resolve(name)));
    });
  const end = async (name: string) => {
    going.get(name)?.();
    await new Promise(setImmediate);
  };
  return { begun, ask, end };
}

test('people take turns, however many requests one of them sends', async () => {
  const { begun, ask, end } = bench(1);
  for (const name of ['m1', 'm2', 'm3']) void ask('mallory', name);
  void ask('ada', 'a1');
  void ask('grace', 'g1');
  for (const name of ['m1', 'a1', 'g1', 'm2']) await end(name);
  expect(begun).toEqual(['m1', 'a1', 'g1', 'm2', 'm3']);
});

test('one person has one thing under way, even if there is room', async () => {
  const { begun, ask, end } = bench(2);
  const first = ask('mallory', 'm1');
  void ask('mallory', 'm2');
  expect(begun).toEqual(['m1']);
  void ask('ada', 'a1');
  expect(begun).toEqual(['m1', 'a1']);
  await end('m1');
  expect(await first).toBe('m1');
  expect(begun).toEqual(['m1', 'a1', 'm2']);
});

test('failed work frees its place', async () => {
  const queue = new FairQueue(1);
  await expect(queue.run('ada', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await queue.run('ada', async () => 'whole')).toBe('whole');
});

test('a queue has an end, and it is one person’s', async () => {
  const { ask } = bench(1);
  for (let count = 0; count <= 100; count += 1) void ask('mallory', `m${count}`);
  await expect(ask('mallory', 'more')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  const other = ask('ada', 'a1');
  await expect(Promise.race([other, 'waiting'])).resolves.toBe('waiting');
});
