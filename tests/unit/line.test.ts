import { expect, test } from 'vitest';
import type { Caller } from '@/lib/sockets/event';
import { answersDone, enter, type Line, leave, newLine, type Place } from '@/lib/sockets/line';

const patient = 60_000;
const asks = (): Line => newLine({} as Caller, Promise.resolve());
const ask = (): Place => ({ event: undefined, ticket: undefined, cohort: undefined });

/** Whether a promise has resolved by now, all else being done. */
async function isOver(promise: Promise<unknown>): Promise<boolean> {
  let over = false;
  void promise.then(() => {
    over = true;
  });
  await new Promise(setImmediate);
  return over;
}

test('who waits for the answers waits for what is under way, and not for what comes later', async () => {
  const line = asks();
  const [first, second, later] = [ask(), ask(), ask()];
  enter(line, first);
  enter(line, second);
  const done = answersDone(patient);
  enter(line, later);
  leave(line, first);
  expect(await isOver(done)).toBe(false);
  leave(line, second);
  expect(await isOver(done)).toBe(true);
  leave(line, later);
});

test('who waits after that waits for what is left of both', async () => {
  const line = asks();
  const [first, second] = [ask(), ask()];
  enter(line, first);
  const before = answersDone(patient);
  enter(line, second);
  const after = answersDone(patient);
  leave(line, second);
  expect(await isOver(after)).toBe(false);
  leave(line, first);
  expect([await isOver(before), await isOver(after)]).toEqual([true, true]);
});

test('with nothing under way there is nothing to wait for, whatever was before', async () => {
  const line = asks();
  const place = ask();
  enter(line, place);
  leave(line, place);
  expect(await isOver(answersDone(patient))).toBe(true);
});

test('patience has an end', async () => {
  const line = asks();
  const place = ask();
  enter(line, place);
  await answersDone(1);
  leave(line, place);
});
