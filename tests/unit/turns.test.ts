import { expect, test } from 'vitest';
import { mostTogether, type Turn, Turns } from '@/lib/sockets/turns';

/** Work that says when it begins, and ends when told to. */
function stage() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const begin = (turn: Turn, name: string) =>
    turn
      .begin(() => {
        begun.push(name);
        return new Promise<string>((resolve) => ends.set(name, () => resolve(name)));
      })
      .finally(() => turn.end());
  const end = async (name: string) => {
    ends.get(name)?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { begun, begin, end };
}

test('what has nothing before it begins within the call', () => {
  const { begun, begin } = stage();
  void begin(new Turns().take(false), 'first');
  expect(begun).toEqual(['first']);
});

test('those that go together begin at once, up to a number, and the next ones as others end', async () => {
  const { begun, begin, end } = stage();
  const turns = new Turns();
  const names = Array.from({ length: mostTogether + 2 }, (_, n) => `${n}`);
  for (const name of names) void begin(turns.take(true), name);
  expect(begun).toEqual(names.slice(0, mostTogether));
  await end('3');
  await end('0');
  expect(begun).toEqual(names);
});

test('one that goes alone waits for all before it, and all after it wait for that one', async () => {
  const { begun, begin, end } = stage();
  const turns = new Turns();
  for (const name of ['one', 'two']) void begin(turns.take(true), name);
  void begin(turns.take(false), 'alone');
  void begin(turns.take(true), 'three');
  await end('two');
  expect(begun).toEqual(['one', 'two']);
  await end('one');
  expect(begun).toEqual(['one', 'two', 'alone']);
  await end('alone');
  expect(begun).toEqual(['one', 'two', 'alone', 'three']);
});

test('who is ready later still begins first', () => {
  const { begun, begin } = stage();
  const turns = new Turns();
  const [first, second] = [turns.take(true), turns.take(true)];
  void begin(second, 'second');
  expect(begun).toEqual([]);
  void begin(first, 'first');
  expect(begun).toEqual(['first', 'second']);
});

test('who never begins is in nobody’s way', async () => {
  const { begun, begin } = stage();
  const turns = new Turns();
  const [first, second] = [turns.take(false), turns.take(false)];
  void begin(second, 'second');
  first.end();
  expect(begun).toEqual(['second']);
  expect(turns.areOver).toBe(false);
});

test('work that throws instead of answering is answered with that, and others go on', async () => {
  const turns = new Turns();
  const [first, second] = [turns.take(false), turns.take(false)];
  const failing = first.begin(() => {
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  first.end();
  await expect(second.begin(async () => 'yes')).resolves.toBe('yes');
  second.end();
  expect(turns.areOver).toBe(true);
});
