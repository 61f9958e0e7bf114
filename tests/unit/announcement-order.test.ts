import { expect, test } from 'vitest';
import { reservedTurns, reserveTurns, takeTurn } from '@/lib/domain/messages/announcement-order';

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

test('a turn also waits for a smaller rev that is taken later', async () => {
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

test('a change waits for a batch whose revs are not known yet, and then for its turn', async () => {
  const known = reserveTurns(new Set(['room', 'another']));
  const told: string[] = [];
  const change = takeTurn('room', 2);
  const changing = (async () => {
    await reservedTurns('room');
    await change.before();
    told.push('change');
    change.end();
  })();
  await Promise.resolve();
  // The batch's answer: its message was stored before the change.
  const batch = takeTurn('room', 1);
  known();
  told.push('batch');
  batch.end();
  await changing;
  expect(told).toEqual(['batch', 'change']);
  await reservedTurns('another');
});
