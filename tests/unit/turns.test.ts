import { expect, test } from 'vitest';
import { takeTurn } from '@/lib/messages/turns';

test('a turn waits for the smaller revs that are open, and for nothing else', async () => {
  const first = takeTurn('a', 1);
  const third = takeTurn('a', 3);
  const second = takeTurn('a', 2);
  const elsewhere = takeTurn('b', 9);
  expect(first.before()).toBeNull();
  expect(elsewhere.before()).toBeNull();
  const log: string[] = [];
  const waiting = [third.before()!.then(() => log.push('third')), second.before()!.then(() => log.push('second'))];
  log.push('first');
  first.end();
  await waiting[1];
  expect(log).toEqual(['first', 'second']);
  second.end();
  await waiting[0];
  expect(log).toEqual(['first', 'second', 'third']);
  expect(takeTurn('a', 4).before()).not.toBeNull();
  third.end();
});

test('what was taken later but stands earlier is waited for too', async () => {
  const later = takeTurn('c', 7);
  expect(later.before()).toBeNull();
  const earlier = takeTurn('c', 6);
  const before = later.before();
  expect(before).not.toBeNull();
  earlier.end();
  await before;
  expect(later.before()).toBeNull();
  later.end();
});
