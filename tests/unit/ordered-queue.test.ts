import { expect, test } from 'vitest';
import { maxConcurrent, OrderedQueue, type Ticket } from '@/lib/doors/sockets/ordered-queue';

/** Work that reports its start, and ends when told to. */
function stage() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const begin = (ticket: Ticket, name: string) =>
    ticket
      .begin(() => {
        begun.push(name);
        return new Promise<string>((resolve) => ends.set(name, () => resolve(name)));
      })
      .finally(() => ticket.end());
  const end = async (name: string) => {
    ends.get(name)?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { begun, begin, end };
}

test('a request with none before it begins within the call', () => {
  const { begun, begin } = stage();
  void begin(new OrderedQueue().take(false), 'first');
  expect(begun).toEqual(['first']);
});

test('those that go together begin at once, up to a number, and the next ones as others end', async () => {
  const { begun, begin, end } = stage();
  const lane = new OrderedQueue();
  const names = Array.from({ length: maxConcurrent + 2 }, (_, n) => `${n}`);
  for (const name of names) void begin(lane.take(true), name);
  expect(begun).toEqual(names.slice(0, maxConcurrent));
  await end('3');
  await end('0');
  expect(begun).toEqual(names);
});

test('one that goes alone waits for all before it, and all after it wait for that one', async () => {
  const { begun, begin, end } = stage();
  const lane = new OrderedQueue();
  for (const name of ['one', 'two']) void begin(lane.take(true), name);
  void begin(lane.take(false), 'alone');
  void begin(lane.take(true), 'three');
  await end('two');
  expect(begun).toEqual(['one', 'two']);
  await end('one');
  expect(begun).toEqual(['one', 'two', 'alone']);
  await end('alone');
  expect(begun).toEqual(['one', 'two', 'alone', 'three']);
});

test('starts requests in arrival order even when a later one is ready sooner', () => {
  const { begun, begin } = stage();
  const lane = new OrderedQueue();
  const [first, second] = [lane.take(true), lane.take(true)];
  void begin(second, 'second');
  expect(begun).toEqual([]);
  void begin(first, 'first');
  expect(begun).toEqual(['first', 'second']);
});

test('a request that never begins blocks no other', async () => {
  const { begun, begin } = stage();
  const lane = new OrderedQueue();
  const [first, second] = [lane.take(false), lane.take(false)];
  void begin(second, 'second');
  first.end();
  expect(begun).toEqual(['second']);
  expect(lane.isEmpty).toBe(false);
});

test('work that throws instead of answering is answered with that, and others go on', async () => {
  const lane = new OrderedQueue();
  const [first, second] = [lane.take(false), lane.take(false)];
  const failing = first.begin(() => {
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  first.end();
  await expect(second.begin(async () => 'yes')).resolves.toBe('yes');
  second.end();
  expect(lane.isEmpty).toBe(true);
});
