import { expect, test } from 'vitest';
import { inOrder, type Step } from '@/scripts/schedule';

/** Steps that end when the test says so, with a record of what ran. */
function stage(steps: Step[], atOnce: number) {
  const ends = new Map<string, (passed: boolean) => void>();
  const began: string[] = [];
  const endings = inOrder(
    steps,
    atOnce,
    ({ name }) =>
      new Promise((resolve) => {
        began.push(name);
        ends.set(name, resolve);
      }),
  );
  const end = async (name: string, passed = true) => {
    ends.get(name)?.(passed);
    ends.delete(name);
    // All steps that may start have started after the promises of this turn.
    await new Promise((resolve) => setImmediate(resolve));
    return [...ends.keys()];
  };
  return { began, end, endings, running: () => [...ends.keys()] };
}

test('so many run at once, the earlier ones in the list first, and the next when one ends', async () => {
  const { running, end } = stage([{ name: 'a' }, { name: 'b' }, { name: 'c' }, { name: 'd' }], 2);
  expect(running()).toEqual(['a', 'b']);
  expect(await end('b')).toEqual(['a', 'c']);
  expect(await end('c')).toEqual(['a', 'd']);
});

test('a step waits for the steps that it needs, and others overtake it', async () => {
  const { running, end } = stage([{ name: 'a' }, { name: 'b', after: ['a'] }, { name: 'c', after: ['b'] }, { name: 'd' }], 2);
  expect(running()).toEqual(['a', 'd']);
  expect(await end('d')).toEqual(['a']);
  expect(await end('a')).toEqual(['b']);
  expect(await end('b')).toEqual(['c']);
});

test('steps that need a failed step, directly or not, are skipped; the others run', async () => {
  const steps = [{ name: 'a' }, { name: 'b', after: ['a'] }, { name: 'c', after: ['b'] }, { name: 'd' }];
  const { end, endings, began } = stage(steps, 1);
  expect(await end('a', false)).toEqual(['d']);
  await end('d');
  expect(Object.fromEntries(await endings)).toEqual({ a: 'failed', b: 'not run', c: 'not run', d: 'passed' });
  expect(began).toEqual(['a', 'd']);
});

test('an exclusive step runs last, with no other beside it', async () => {
  const steps = [{ name: 'x', alone: true }, { name: 'a' }, { name: 'y', alone: true }, { name: 'b', after: ['a'] }];
  const { running, end, endings } = stage(steps, 2);
  expect(running()).toEqual(['a']);
  expect(await end('a')).toEqual(['b']);
  expect(await end('b')).toEqual(['x']);
  expect(await end('x')).toEqual(['y']);
  await end('y');
  expect(new Set((await endings).values())).toEqual(new Set(['passed']));
});

test('a list with circular or unknown needs is refused', async () => {
  const run = async () => true;
  await expect(inOrder([{ name: 'a', after: ['b'] }], 2, run)).rejects.toThrow('"a" depends on "b", which is not a step.');
  const circle = [
    { name: 'a', after: ['b'] },
    { name: 'b', after: ['a'] },
  ];
  await expect(inOrder(circle, 2, run)).rejects.toThrow('These steps depend on each other: a, b.');
});
