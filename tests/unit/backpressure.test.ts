import { expect, test } from 'vitest';
import {
  beginRequest,
  leave,
  requestsSettled,
  type SocketRequests,
  type TrackedRequest,
  trackSocket,
} from '@/lib/doors/sockets/backpressure';
import type { SocketCaller } from '@/lib/doors/sockets/request';

const patient = 60_000;
const asks = (): SocketRequests => trackSocket({} as SocketCaller, Promise.resolve());
const ask = (): TrackedRequest => ({ entry: undefined, ticket: undefined, generation: undefined });

/** Whether a promise has resolved after all pending work. */
async function isOver(promise: Promise<unknown>): Promise<boolean> {
  let over = false;
  void promise.then(() => {
    over = true;
  });
  await new Promise(setImmediate);
  return over;
}

test('waiting for requests includes those in flight, and no later ones', async () => {
  const line = asks();
  const [first, second, later] = [ask(), ask(), ask()];
  beginRequest(line, first);
  beginRequest(line, second);
  const done = requestsSettled(patient);
  beginRequest(line, later);
  leave(line, first);
  expect(await isOver(done)).toBe(false);
  leave(line, second);
  expect(await isOver(done)).toBe(true);
  leave(line, later);
});

test('a second wait includes the unanswered requests of both generations', async () => {
  const line = asks();
  const [first, second] = [ask(), ask()];
  beginRequest(line, first);
  const before = requestsSettled(patient);
  beginRequest(line, second);
  const after = requestsSettled(patient);
  leave(line, second);
  expect(await isOver(after)).toBe(false);
  leave(line, first);
  expect([await isOver(before), await isOver(after)]).toEqual([true, true]);
});

test('with nothing under way there is nothing to wait for, whatever was before', async () => {
  const line = asks();
  const place = ask();
  beginRequest(line, place);
  leave(line, place);
  expect(await isOver(requestsSettled(patient))).toBe(true);
});

test('patience has an end', async () => {
  const line = asks();
  const place = ask();
  beginRequest(line, place);
  await requestsSettled(1);
  leave(line, place);
});
